const WORDS: Readonly<Record<string, string>> = {
  total: 'Loss',
  loss: 'Loss',
  sample: 'Loss: approximation',
  overlap: 'Loss: decomposition',
  balance: 'Loss: guidance',
  center: 'Loss: parameters',
  bbx: 'Loss: localisation',
  validationIou: 'Validation IoU (macro)',
  validationIouMicro: 'Validation IoU (micro)',
  reconstruction: 'Loss: reconstruction',
  divergence: 'Loss: divergence from the prior',
  totalCorrelation: 'Loss: total correlation',
  attentionOverlap: "Loss: overlap of two latents' attention",
  discriminator: "Discriminator's loss",
  validationLoss: 'Validation loss per picture',
  validationReconstruction: 'Validation: reconstruction',
  validationDivergence: 'Validation: divergence from the prior',
  validationOverlap: 'Validation: overlap of attention, all pairs',
  activeLatents: 'Latents in use',
  rate: 'Learning rate',
  samplesPerSecond: 'Samples per second',
};

/** A metric's name as a person reads it: "gradientNorm" becomes "Gradient norm". */
export function metricTitle(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  const latent = /^divergenceOfLatent(\d+)$/.exec(name);
  if (latent) return `Divergence of latent ${latent[1]}`;
  return WORDS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
