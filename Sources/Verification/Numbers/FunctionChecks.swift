import FundCore
import RandomStreams

/// Distribution functions and quantiles against mpmath 1.3 with 40 digits, at the arguments as the program holds them.
enum FunctionChecks {
  static let sets = [
    normal, normalQuantiles, logGammas, betas, gammas, betaQuantiles, gammaQuantiles,
    studentQuantiles,
  ]

  private static let source = LocalizedText(
    en: "mpmath 1.3, 40 digits", zh: "mpmath 1.3，40位精度")

  private static func check(
    _ name: String, _ expected: Double, _ allowance: Check.Allowance
  ) -> Check {
    Check(LocalizedText(same: name), expected, allowance, source: source)
  }

  private static let normal = CheckSet(
    .functions,
    places: [
      (-37, 5.725571222524576823e-300), (-20, 2.753624118606233695e-89),
      (-9.5, 1.049451507536260749e-21), (-6, 9.865876450376981407e-10),
      (-3, 1.349898031630094527e-3), (-1, 0.1586552539314570514),
      (-0.67, 0.2514288950953101016), (-0.5, 0.3085375387259868964),
      (-0.01, 0.4960106436853683962), (0, 0.5), (0.3, 0.6179114221889526331),
      (1, 0.8413447460685429486), (2.5, 0.9937903346742238648), (5, 0.9999997133484281208),
      (8, 0.9999999999999993779), (-.infinity, 0), (.infinity, 1),
    ] as [(Double, Double)],
    check: { check("Φ(\($0.0))", $0.1, .relative(4e-15)) },
    value: { normalCumulative($0.0) })

  private static let normalQuantiles = CheckSet(
    .functions,
    places: [
      (1e-300, -37.04709629936119924), (1e-50, -14.93333753478848898),
      (1e-16, -8.222082216130435615), (1e-9, -5.997807015007686861),
      (1e-4, -3.719016485455680552), (0.01, -2.326347874040841093),
      (0.074, -1.44663206715897851), (0.076, -1.432502720825811619),
      (0.3, -0.524400512708040816), (0.5, 0), (0.6, 0.2533471031357997413),
      (0.95, 1.644853626951472284), (0.999, 3.090232306167813278),
      (0, -.infinity), (1, .infinity),
    ] as [(Double, Double)],
    check: { check("Φ⁻¹(\($0.0))", $0.1, .relative(2e-15)) },
    value: { normalQuantile($0.0) })

  private static let logGammas = CheckSet(
    .functions,
    places: [
      (1e-5, 11.51291969289582563), (0.1, 2.252712651734205902), (0.5, 0.5723649429247000871),
      (1, 0), (1.5, -0.1207822376352452223), (2, 0), (2.5, 0.2846828704729191596),
      (7.3, 7.147892523022248692), (10, 12.80182748008146961), (33.25, 82.42923834590904229),
      (1000.5, 5908.674175848677489), (1e6, 1.281550456914761166e+7),
    ] as [(Double, Double)],
    check: { check("ln Γ(\($0.0))", $0.1, .absolute(2e-14 * max(1, abs($0.1)))) },
    value: { logGamma($0.0) })

  private static let betas = CheckSet(
    .functions,
    places: [
      (0.5, 2.5, 2.0, 0.3977475644174329825), (1e-6, 2.5, 2.0, 3.499997499999999604e-15),
      (0.999, 2.5, 2.0, 0.9999956293741795781), (0.01, 0.1, 0.3, 0.4920742081451648096),
      (0.9, 0.1, 0.3, 0.8669336800281992831), (0.3, 50, 120, 0.5755567051636326156),
      (0.2, 50, 120, 1.911554669824918493e-3), (0.5, 0.02, 0.02, 0.5),
      (0.49, 2500, 2500, 7.863922229119689474e-2), (0.999, 150, 0.5, 0.5841017285690577398),
      (0, 2, 3, 0), (1, 2, 3, 1),
    ] as [(Double, Double, Double, Double)],
    check: { check("I(\($0.0); \($0.1), \($0.2))", $0.3, .relative(1e-12)) },
    value: { regularizedIncompleteBeta($0.0, a: $0.1, b: $0.2) })

  private static let gammas = CheckSet(
    .functions,
    places: [
      (0.5, 0.01, 0.1124629160182848934), (0.5, 5, 0.9984345977419974503),
      (2, 0.001, 4.996667916333402974e-7), (2, 3, 0.8008517265285442281),
      (10, 3, 1.102488130115479742e-3), (10, 25, 0.9997785233617512164),
      (0.05, 1e-8, 0.4089423995834055917), (500, 450, 1.071723809128974156e-2),
      (500, 560, 0.9953068340007052306), (3, 0, 0),
    ] as [(Double, Double, Double)],
    check: { check("P(\($0.0), \($0.1))", $0.2, .relative(1e-13)) },
    value: { regularizedIncompleteGamma($0.0, $0.1) })

  private static let betaQuantiles = CheckSet(
    .functions,
    places: [
      (0.5, 2.5, 2.0, 0.5644456251150143311), (1e-12, 2.5, 2.0, 9.602271333322842344e-6),
      (0.999999, 2.5, 2.0, 0.9995217942124541944), (0.25, 0.1, 0.3, 1.153097586117053381e-5),
      (0.9, 0.1, 0.3, 0.9596769788602763873), (0.01, 50, 120, 0.2169129069146028186),
      (0.975, 0.5, 40, 6.123509153827569754e-2), (0, 2, 3, 0), (1, 2, 3, 1),
    ] as [(Double, Double, Double, Double)],
    check: { check("I⁻¹(\($0.0); \($0.1), \($0.2))", $0.3, .relative(1e-12)) },
    value: { betaQuantile($0.0, a: $0.1, b: $0.2) })

  private static let gammaQuantiles = CheckSet(
    .functions,
    places: [
      (0.5, 2, 1.678346990016660653), (1e-10, 2, 1.414220229082974141e-5),
      (0.9999, 2, 11.75637122249553893), (0.25, 0.1, 5.791713294969606522e-7),
      (0.99, 0.1, 1.588477817929504598), (0.01, 50, 35.03244746269989971),
      (0.5, 0.5, 0.227468211559786376), (0, 2, 0),
    ] as [(Double, Double, Double)],
    check: { check("P⁻¹(\($0.1), \($0.0))", $0.2, .relative(1e-12)) },
    value: { gammaQuantile($0.0, shape: $0.1) })

  private static let studentQuantiles = CheckSet(
    .functions,
    places: [
      (0.05, 4, -2.131846786326650269), (1e-6, 4, -41.5778541504509752),
      (0.3, 4, -0.5686490630497054801), (0.001, 2.5, -13.82219311086596452), (0.75, 1, 1),
      (0.01, 100, -2.364217366238482128), (1e-4, 1000, -3.732851604575368102),
      (0.4999, 7.5, -2.591340001518441203e-4), (0.5, 3, 0),
    ] as [(Double, Double, Double)],
    check: { check("t⁻¹(\($0.0); ν = \($0.1))", $0.2, .relative(1e-12)) },
    value: { studentTQuantile($0.0, degreesOfFreedom: $0.1) })
}
