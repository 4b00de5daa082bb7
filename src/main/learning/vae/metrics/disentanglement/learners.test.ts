import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../shared/random';
import { lehmer } from '../lehmer.fixture';
import { binFeatures, featureCuts } from './binned';
import { boostedAccuracy, boostedScores, boostTrees } from './boosting';
import { equalBins, mutualInformation } from './information';
import { classify, fitLogistic } from './logistic';
import { minimise } from './minimise';
import { fitLines, lineAccuracy } from './separability';

/** Rows of uniform features and a label that follows the first one with noise; the stored numbers are of the same. */
function data(seed: number, rows: number, inputs: number, classes: number) {
  const next = lehmer(seed);
  const features = new Float64Array(rows * inputs);
  const labels = new Uint16Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < inputs; j++) features[i * inputs + j] = next();
    const mixed = 0.7 * features[i * inputs] + 0.3 * next();
    labels[i] = Math.min(Math.floor(classes * mixed), classes - 1);
  }
  const columns = Array.from({ length: inputs }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => features[i * inputs + j]),
  );
  return { features, labels, columns };
}

const unhurried = async (): Promise<void> => {};

// Stored numbers were made once with scikit-learn 1.9.1 on the same rows from Lehmer's generator.
describe('multinomial logistic regression', () => {
  it('equals scikit-learn', async () => {
    const { features, labels } = data(7, 300, 3, 4);
    const model = await fitLogistic(features, labels, 3, 4, unhurried);
    const expected = [
      [-5.40665830394696, -0.08510428690246837, -0.5647532726695181, 2.236270719082309],
      [-2.3082511932056944, -0.2527585462787348, -0.08561795226681282, 1.9616946255950423],
      [2.537115121270708, 0.17066197313433462, 0.29515737535615644, -0.7787779742812447],
      [5.177794375881937, 0.16720086004686796, 0.3552138495801757, -3.4191873703961235],
    ].flat();
    // Intercepts are determined up to a common shift.
    const shift = (weights: ArrayLike<number>): number =>
      (weights[3] + weights[7] + weights[11] + weights[15]) / 4;
    expected.forEach((value, i) => {
      const moved = (weights: ArrayLike<number>): number => weights[i] - (i % 4 === 3 ? shift(weights) : 0);
      expect(moved(model.weights)).toBeCloseTo(moved(expected), 4);
      expect(value).toBe(expected[i]);
    });
    const test = data(8, 300, 3, 4);
    const found = classify(model, test.features);
    const right = found.filter((label, i) => label === test.labels[i]).length;
    expect(right / 300).toBeCloseTo(0.6866666666666666, 12);
  });

  it('minimises a badly scaled quadratic', async () => {
    const scale = [1, 100, 10_000];
    const found = await minimise(
      (at, gradient) => {
        scale.forEach((s, i) => (gradient[i] = s * (at[i] - i)));
        return scale.reduce((sum, s, i) => sum + (s * (at[i] - i) ** 2) / 2, 0);
      },
      Float64Array.from([3, -4, 5]),
      unhurried,
    );
    found.forEach((value, i) => expect(value).toBeCloseTo(i, 3));
  });
});

describe('linear support vector machines', () => {
  it('equal liblinear on one feature and four classes', () => {
    const { columns, labels } = data(7, 300, 3, 4);
    const lines = fitLines(columns[0], labels, 4);
    const slopes = [-0.7749767903966671, -0.4619321200029788, 0.2090096494634806, 0.37537877923076485];
    const intercepts = [-0.1478512627031846, -0.18872919505919353, -0.4524670458454506, -0.6384418754369432];
    lines.forEach(([slope, intercept], k) => {
      expect(slope).toBeCloseTo(slopes[k], 6);
      expect(intercept).toBeCloseTo(intercepts[k], 6);
    });
    const test = data(8, 300, 3, 4);
    expect(lineAccuracy(lines, columns[0], labels)).toBeCloseTo(0.61, 12);
    expect(lineAccuracy(lines, test.columns[0], test.labels)).toBeCloseTo(0.6533333333333333, 12);
  });

  it('equal liblinear on two classes', () => {
    const { columns, labels } = data(7, 300, 3, 2);
    const lines = fitLines(columns[0], labels, 2);
    expect(lines[1][0]).toBeCloseTo(0.8333857405443518, 6);
    expect(lines[1][1]).toBeCloseTo(-0.3604024948832233, 6);
    const test = data(8, 300, 3, 2);
    expect(lineAccuracy(lines, test.columns[0], test.labels)).toBeCloseTo(0.91, 12);
  });

  it('never choose a class that no sample had', () => {
    const lines = fitLines(Float64Array.from([0, 1, 2, 3]), Uint16Array.from([0, 0, 2, 2]), 3);
    const everywhere = Float64Array.from([-9, 0, 3, 9]);
    expect(lineAccuracy(lines, everywhere, new Uint16Array(4).fill(1))).toBe(0);
  });
});

describe('boosted trees', () => {
  it.each([
    { classes: 4, early: [0.8804280431104541, 0.07451289379441092, 0.04505906309513478] },
    { classes: 2, early: [0.9534197995998727, 0.04658020040012737, 0] },
  ])('equal scikit-learn tree for tree on $classes classes', async ({ classes, early }) => {
    const { columns, labels } = data(7, 200, 3, classes);
    const cuts = columns.map(featureCuts);
    const features = binFeatures(columns, cuts);
    const model = await boostTrees(features, labels, classes, createRandom(1), unhurried, 3);
    model.importances.forEach((value, j) => expect(value).toBeCloseTo(early[j], 9));
    if (classes === 2) return;
    const held = binFeatures(data(8, 300, 3, 4).columns, cuts);
    const powers = boostedScores(model, held).map((raw) => Math.exp(raw[1]));
    const total = powers.reduce((sum, power) => sum + power, 0);
    [0.1484306381441234, 0.4273352739113128, 0.2854792784345557, 0.13875480951000801].forEach((value, k) =>
      expect(powers[k] / total).toBeCloseTo(value, 9),
    );
  });

  // Equal splits are chosen by chance, so that importances scatter; the means are of ten seeds there and here.
  it.each([
    { classes: 4, expected: [0.7730067, 0.1167261, 0.1102672], accuracy: 0.642 },
    { classes: 2, expected: [0.8956709, 0.0568065, 0.0475226], accuracy: 0.89 },
  ])('scatter around scikit-learn after 100 rounds on $classes classes', async (one) => {
    const { columns, labels } = data(7, 200, 3, one.classes);
    const cuts = columns.map(featureCuts);
    const features = binFeatures(columns, cuts);
    const test = data(8, 300, 3, one.classes);
    const held = binFeatures(test.columns, cuts);
    const importances = [0, 0, 0];
    let accuracy = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const model = await boostTrees(features, labels, one.classes, createRandom(seed), unhurried);
      model.importances.forEach((value, j) => (importances[j] += value / 10));
      accuracy += boostedAccuracy(model, held, test.labels) / 10;
    }
    importances.forEach((value, j) => expect(Math.abs(value - one.expected[j])).toBeLessThan(0.001));
    expect(Math.abs(accuracy - one.accuracy)).toBeLessThan(0.01);
  });

  it('cut a long feature into 256 bins of about equal share, a short one at every value', () => {
    const next = lehmer(5);
    const column = Float64Array.from({ length: 10_000 }, () => next() ** 3);
    const cuts = featureCuts(column);
    const [bins] = binFeatures([column], [cuts]).columns;
    const counts = Array.from({ length: 256 }, (_, bin) => bins.filter((own) => own === bin).length);
    expect(Math.min(...counts)).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThan(50);
    expect([...featureCuts(Float64Array.from([3, 1, 1, 2]))]).toEqual([1.5, 2.5]);
    expect(featureCuts(new Float64Array(5))).toHaveLength(0);
  });

  it('find nothing in a feature that never changes', async () => {
    const labels = Uint16Array.from([0, 1, 2, 0]);
    const constant = [new Float64Array(4)];
    const features = binFeatures(constant, constant.map(featureCuts));
    const model = await boostTrees(features, labels, 3, createRandom(1), unhurried);
    expect(model.importances).toEqual([0]);
    expect(boostedAccuracy(model, features, labels)).toBe(0.5);
  });
});

describe('mutual information', () => {
  it('equals scikit-learn after 20 equal bins', () => {
    const { columns, labels } = data(9, 500, 2, 4);
    expect(mutualInformation(equalBins(columns[0]), labels)).toBeCloseTo(0.6875998503826648, 12);
    expect(mutualInformation(labels, labels)).toBeCloseTo(1.2821521310388746, 12);
  });

  it('puts a constant into one bin', () => {
    expect([...equalBins(new Float64Array(3).fill(7))]).toEqual([0, 0, 0]);
  });
});
