import Statistics
import Testing

// Expected values: mpmath 1.3.0 with 40 digits.
@Suite struct SpecialFunctionTests {
  @Test(arguments: [
    (1.0e-8, -100000000.57721564845, 10000000000000001.645),
    (0.001, -1000.5755719318103005, 1000001.642533195869),
    (0.25, -4.2274535333762654081, 17.197329154507110739),
    (0.5, -1.9635100260214234794, 4.9348022005446793094),
    (1.0, -0.57721566490153286061, 1.6449340668482264365),
    (2.5, 0.70315664064524318723, 0.49035775610023486497),
    (6.0, 1.7061176684318004727, 0.18132295573711532536),
    (10.0, 2.2517525890667211076, 0.10516633568168574612),
    (37.25, 3.6041690730056271675, 0.0272092058039555752),
    (1000.0, 6.9072551956488120521, 0.0010005001666666333334),
    (100000000.0, 18.420680738952365464, 1.0000000050000000167e-8),
  ])
  func polygamma(x: Double, psi: Double, psiPrime: Double) {
    #expect(agree(digamma(x), psi, within: 2e-15))
    #expect(agree(trigamma(x), psiPrime, within: 2e-15))
  }

  @Test func digammaHasItsRoot() {
    #expect(abs(digamma(1.4616321449683622)) < 1e-15)
    #expect(digamma(0).isNaN)
    #expect(trigamma(-1).isNaN)
  }

  @Test(arguments: [
    (0.25, 3, -0.35222059358935209911), (0.001, 0, 0.0), (4.5, 8, 16.280610941094003481),
    (2, 300.5, 1423.4677598114086243), (12.5, 1, 2.5257286443082554398),
    (1e6, 7, 96.708594905704418876), (1e6, 0.25, 3.4538775457410607135),
    (60_000, 1e4, 110811.46892441213234), (9.99, 40, 131.74740984539509574),
  ])
  func increaseOfLogGamma(x: Double, n: Double, expected: Double) {
    #expect(agree(logGammaIncrease(from: x, by: n), expected, within: 2e-15))
  }

  @Test(arguments: [
    (0.5, 0.5, 1.1447298858494001741),
    (1.0e-6, 3.0, 13.815509057964899104),
    (2.5, 7.25, -4.9053366188393039546),
    (1000000.0, 0.25, -2.1658550210429832562),
    (100000000.0, 100000000.0, -138629444.05681730912),
    (300.0, 0.001, 6.9014767688323433724),
  ])
  func logBetaFunction(a: Double, b: Double, expected: Double) {
    #expect(agree(logBeta(a, b), expected, within: 2e-15))
    #expect(logBeta(a, b) == logBeta(b, a))
  }

  @Test(arguments: [
    (0.5, 0.5, 0.3, 0.36901011956554538276),
    (2.0, 3.0, 0.4, 0.5248),
    (5.5, 120.0, 0.02, 0.065915570034187965086),
    (120.0, 5.5, 0.98, 0.93408442996581203491),
    (1000.0, 1000.0, 0.51, 0.81444734056848833758),
    (0.01, 2.0, 1.0e-9, 0.82095882131761193385),
    (50.0, 1.0, 0.9, 0.0051537752073201133104),
  ])
  func incompleteBeta(a: Double, b: Double, x: Double, expected: Double) {
    #expect(agree(regularisedIncompleteBeta(x, a: a, b: b), expected, within: 2e-12))
    #expect(agree(betaQuantile(expected, a: a, b: b), x, within: 1e-9))
  }

  @Test func incompleteBetaAtTheEnds() {
    #expect(regularisedIncompleteBeta(-1, a: 2, b: 3) == 0)
    #expect(regularisedIncompleteBeta(2, a: 2, b: 3) == 1)
    #expect(regularisedIncompleteBeta(0.5, a: 0, b: 3).isNaN)
    #expect(betaQuantile(0, a: 2, b: 3) == 0)
    #expect(betaQuantile(1, a: 2, b: 3) == 1)
    #expect(betaQuantile(1.5, a: 2, b: 3).isNaN)
  }

  @Test(arguments: [
    (-37.0, 5.7255712225245768227e-300),
    (-8.0, 6.2209605742717841235e-16),
    (-3.0, 0.0013498980316300945267),
    (-1.5, 0.066807201268858066004),
    (0.0, 0.5),
    (0.25, 0.59870632568292372424),
    (1.96, 0.97500210485177956586),
    (5.0, 0.99999971334842812081),
  ])
  func normal(x: Double, probability: Double) {
    #expect(agree(normalCDF(x), probability, within: x < -30 ? 1e-6 : 1e-14))
    // Near 1 the probability itself has few digits left.
    #expect(
      agree(normalQuantile(probability), x, within: x > 4 ? 1e-9 : 1e-7 * (x < -30 ? 1 : 1e-7)))
  }

  @Test func normalQuantileAtTheEnds() {
    #expect(normalQuantile(0) == -.infinity)
    #expect(normalQuantile(1) == .infinity)
    #expect(normalQuantile(-0.1).isNaN)
  }

  @Test func logSumExpDoesNotOverflow() {
    #expect(agree(logSumExp(1000, 1000), 1000.69314718055994531, within: 1e-15))
    #expect(logSumExp(-.infinity, 3) == 3)
    #expect(logSumExp(-.infinity, -.infinity) == -.infinity)
    #expect(agree(logSumExp([-1e4, -1e4, -1e4]), -9998.90138771133189, within: 1e-15))
    #expect(logSumExp([]) == -.infinity)
  }
}
