import FundCore
import RandomStreams

/// Words of the random streams: as published with the reference code, and as pinned by the promise that a seed
/// repeats a run to the last bit.
enum RandomChecks {
  static let sets: [CheckSet] = published + pinnedWords + pinnedDraws + digests

  private static let published: [CheckSet] = [
    words(
      .init(en: "SplitMix64, seed 1234567: five words", zh: "SplitMix64，种子1234567：五个输出"),
      [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ],
      source: .init(
        en: "prng.di.unimi.it/splitmix64.c, published with the reference code",
        zh: "prng.di.unimi.it/splitmix64.c，随参考代码公布")
    ) { count in
      var generator = SplitMix64(seed: 1_234_567)
      return (0..<count).map { _ in generator.next() }
    },
    words(
      .init(en: "xoshiro256++, state 1 2 3 4: ten words", zh: "xoshiro256++，状态1 2 3 4：十个输出"),
      [
        41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
        9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
        12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
      ],
      source: .init(
        en: "the vector of the rand_xoshiro crate, made with prng.di.unimi.it/xoshiro256plusplus.c",
        zh: "rand_xoshiro 库的测试向量，由 prng.di.unimi.it/xoshiro256plusplus.c 生成")
    ) { count in
      var generator = WordGenerator(state: 1, 2, 3, 4)
      return (0..<count).map { _ in generator.next() }
    },
  ]

  private static let key = DrawKey(seed: 20_260_101, trial: 4711, purpose: .defaults)
  private static let promise = LocalizedText(
    en: "pinned: one seed, one result, to the last bit", zh: "固定值：同一种子，结果逐位相同")

  private static let pinnedWords: [CheckSet] = [
    words(
      .init(en: "words by number: eight of one address", zh: "按编号取输出：同一地址的八个"),
      [
        9_833_937_643_785_696_667, 10_244_702_728_240_847_483, 13_822_777_440_744_043_200,
        10_807_283_307_492_722_906, 13_255_187_161_558_033_411, 7_862_348_700_242_842_971,
        13_423_066_550_288_448_651, 18_066_359_189_405_034_988,
      ], source: promise
    ) { count in (0..<UInt64(count)).map { key.word(at: $0) } },
    words(
      .init(en: "words of a sequence: its first eight", zh: "序列输出：前八个"),
      [
        15_733_182_377_602_947_263, 9_070_167_576_718_234_633, 10_305_522_389_545_774_516,
        15_502_491_042_584_224_924, 8_810_741_540_557_284_773, 7_781_540_425_297_740_558,
        15_770_325_968_142_178_832, 589_634_520_561_893_171,
      ], source: promise
    ) { count in
      var sequence = key.sequence()
      return (0..<count).map { _ in sequence.next() }
    },
    words(
      .init(en: "the generator at another number: its first eight", zh: "另一编号处的发生器：前八个"),
      [
        924_055_911_418_496_084, 16_484_453_537_901_051_298, 6_622_882_992_884_335_743,
        5_865_777_696_727_068_550, 11_998_922_504_365_374_639, 1_169_034_944_245_151_605,
        3_024_895_424_808_073_614, 6_545_092_529_600_927_384,
      ], source: promise
    ) { count in
      var generator = key.generator(at: 3)
      return (0..<count).map { _ in generator.next() }
    },
    words(
      .init(en: "whole numbers from 1 to 1000: the first eight", zh: "1至1000的整数：前八个"),
      [534, 556, 750, 586, 719, 427, 728, 980], source: promise
    ) { count in
      (0..<UInt64(count)).map { UInt64(UniformDraw.integer(in: 1...1000, from: key.word(at: $0))) }
    },
  ]

  /// The first eight numbers in (0, 1) of the address.
  private static func units() -> [Double] {
    (0..<8).map { UniformDraw.unit(from: key.word(at: $0)) }
  }

  private static let pinnedDraws: [CheckSet] = [
    draws(
      .init(en: "numbers in (0, 1)", zh: "0与1之间的数"),
      [
        0.5330988278739718, 0.555366447721345, 0.7493342665519157, 0.5858640020324969,
        0.7185651358631594, 0.42621877708209366, 0.727665895762012, 0.9793792941028198,
      ]
    ) { units() },
    draws(
      .init(en: "exponential draws", zh: "指数分布抽样"),
      [
        0.8192956759584866, 2.547710194831576, 0.6023348786911044, 1.126251455940257,
        0.5924757113735143, 1.9592238726221933, 3.830182679758105, 0.0958088024269382,
      ]
    ) {
      let tables = ExponentialTables()
      var sequence = key.sequence()
      return (0..<8).map { _ in sequence.nextExponential(tables) }
    },
    draws(
      .init(en: "normal draws", zh: "正态分布抽样"),
      [
        0.08306187014753146, 0.13923164295576834, 0.6723962540723464, 0.21691832548981568,
        0.5785842593369384, -0.18600919045815167, 0.6057689235955767, 2.0410947332234968,
      ]
    ) { units().map { normalQuantile($0) } },
    draws(
      .init(en: "normal draws by table", zh: "查表的正态分布抽样"),
      [
        0.08306187014749598, 0.13923164295449425, 0.6723962540529307, 0.2169183254897617,
        0.5785842593351651, -0.1860091904571198, 0.6057689235788097, 2.0410947331256275,
      ]
    ) { values(QuantileTable.standardNormal()) },
    draws(
      .init(en: "Beta draws", zh: "贝塔分布抽样"),
      [
        0.5854098120010014, 0.5991139467905228, 0.721628246011822, 0.6178827297255066,
        0.701329735770444, 0.5187421445884168, 0.7072770171510893, 0.9291760070071373,
      ]
    ) { values(QuantileTable.beta(mean: 0.556, standardDeviation: 0.212)) },
    draws(
      .init(en: "gamma draws", zh: "伽马分布抽样"),
      [
        0.8931907244359127, 0.9310195937274521, 1.3444934048131012, 0.9850925769093594,
        1.2644084539318796, 0.7263470948391519, 1.2872853687716463, 2.8990515995114143,
      ]
    ) { values(QuantileTable.gamma(variance: 0.5)) },
    draws(
      .init(en: "hazards", zh: "违约强度"),
      [
        0.04223117768240659, 0.06158514918552547, 0.6889067763662341, 0.09935265595078265,
        0.512029567691915, 0.00480685014231128, 0.5605364877916246, 3.4036914953113637,
      ]
    ) {
      let table = HazardTable()
      return units().map { table.hazard(at: 8 * $0 - 6) }
    },
  ]

  private static func values(_ table: QuantileTable?) -> [Double] {
    guard let table else { return [] }
    return units().map { table.value(at: $0) }
  }

  private static let digests: [CheckSet] = [
    digest(
      "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      .init(en: "SHA-256 of nothing", zh: "空消息的 SHA-256")),
    digest(
      "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      .init(en: "SHA-256 of abc", zh: "“abc”的 SHA-256")),
    digest(
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
      .init(en: "SHA-256 of two blocks", zh: "两个分组的 SHA-256")),
  ]

  private static func digest(
    _ message: String, _ digest: String, _ name: LocalizedText
  ) -> CheckSet {
    let source = LocalizedText(
      en: "NIST, Secure Hash Standard: examples; FIPS 180-4", zh: "NIST《安全散列标准》示例；FIPS 180-4")
    return CheckSet(.random, [Check(name, .word(digest), source: source)]) { _ in
      [.word(SHA256.hexDigest(of: Array(message.utf8)))]
    }
  }

  private static func words(
    _ name: LocalizedText, _ expected: [UInt64], source: LocalizedText,
    _ found: @escaping @Sendable (Int) -> [UInt64]
  ) -> CheckSet {
    let text = expected.map { String($0) }.joined(separator: " ")
    return CheckSet(.random, [Check(name, .word(text), source: source)]) { _ in
      [.word(found(expected.count).map { String($0) }.joined(separator: " "))]
    }
  }

  /// Eight draws, each its own check, to the last bit.
  private static func draws(
    _ name: LocalizedText, _ expected: [Double], _ found: @escaping @Sendable () -> [Double]
  ) -> CheckSet {
    CheckSet(
      .random,
      expected.enumerated().map { index, value in
        Check(
          .init(en: "\(name), number \(index + 1)", zh: "\(name)，第\(index + 1)个"), value, .exact,
          source: promise)
      }
    ) { _ in found().map { .number($0) } }
  }
}
