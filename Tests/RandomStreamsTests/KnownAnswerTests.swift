import RandomStreams
import Testing

@Suite struct KnownAnswerTests {
  /// Published with the reference code, <https://prng.di.unimi.it/splitmix64.c>.
  @Test func `SplitMix64 gives the published words`() {
    var generator = SplitMix64(seed: 1_234_567)
    let published: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(published.map { _ in generator.next() } == published)
  }

  /// The step of a sequence follows the rule of Java's `SplittableRandom.mixGamma`: odd, and turned in
  /// half of its bits where fewer than 24 neighbouring bits differ.
  @Test(
    arguments: [
      (0, 0xAAAA_AAAA_AAAA_AAAB), (.max, 0x5555_5555_5555_5555),
      (0xFFFF_0000, 0xAAAA_AAAA_5555_AAAB),
      (0x9E37_79B9_7F4A_7C14, 0x9E37_79B9_7F4A_7C15),
      (0x0055_5555_5555_5554, 0x0055_5555_5555_5555),
      (0x0000_0000_0055_5554, 0xAAAA_AAAA_AAFF_FFFF),
    ] as [(UInt64, UInt64)])
  func `SplitMix64 walks by a step with enough changes`(word: UInt64, step: UInt64) {
    var generator = SplitMix64(seed: 42, stepFrom: word)
    let words = (1...4).map { stafford(42 &+ $0 &* step) }
    #expect(words.indices.map { generator.word(at: UInt64($0)) } == words)
    #expect(words.map { _ in generator.next() } == words)
  }

  /// Stafford's mixer once more, in other words.
  private func stafford(_ word: UInt64) -> UInt64 {
    var mix = word
    for (shift, factor) in [
      (30, 13_787_848_793_156_543_929), (27, 10_723_151_780_598_845_931), (31, 1),
    ] as [(UInt64, UInt64)] {
      mix = (mix ^ mix / (1 << shift)).multipliedReportingOverflow(by: factor).partialValue
    }
    return mix
  }

  /// The vector of the `rand_xoshiro` crate, made with the reference code
  /// <https://prng.di.unimi.it/xoshiro256plusplus.c>.
  @Test func `xoshiro256++ gives the published words`() {
    var generator = WordGenerator(state: 1, 2, 3, 4)
    let published: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
      9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
      12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
    ]
    #expect(published.map { _ in generator.next() } == published)
  }

  @Test func `a purpose keeps its number`() {
    let numbers: [DrawPurpose: UInt32] = [
      .systematicFactor: 0, .defaults: 1, .recovery: 2, .portfolio: 3, .thinning: 4, .mixing: 5,
      .rare: 6, .calibration: 16,
    ]
    #expect(DrawPurpose.allCases.count == numbers.count)
    for (purpose, number) in numbers { #expect(purpose.rawValue == number) }
  }

  @Test func `numbers in (0, 1) never reach its ends, and mirror each other`() {
    #expect(UniformDraw.unit(from: 0) == 0x1p-53)
    #expect(UniformDraw.unit(from: .max) == 1 - 0x1p-53)
    for word in [0, 1 << 12, 1 << 40, 1 << 63, 0x1234_5678_9ABC_DEF0] as [UInt64] {
      #expect(UniformDraw.unit(from: ~word) == 1 - UniformDraw.unit(from: word))
    }
  }

  @Test func `whole numbers cover their range from end to end`() {
    #expect(UniformDraw.integer(in: 12...24, from: 0) == 12)
    #expect(UniformDraw.integer(in: 12...24, from: .max) == 24)
    #expect(UniformDraw.integer(in: -5 ... -5, from: 1 << 63) == -5)
    #expect(UniformDraw.integer(in: 0...1, from: 1 << 63 - 1) == 0)
    #expect(UniformDraw.integer(in: 0...1, from: 1 << 63) == 1)
  }
}

/// The first eight draws of one key. They pin the reproducibility promise: if one of these tests
/// fails, every published result changes, and the change must say so.
@Suite struct StabilityTests {
  let key = DrawKey(seed: 20_260_101, trial: 4711, purpose: .defaults)
  var sequence: SplitMix64 { key.sequence() }

  @Test func `words by number stay as they are`() {
    #expect(
      (0..<8).map { key.word(at: $0) } == [
        9_833_937_643_785_696_667, 10_244_702_728_240_847_483, 13_822_777_440_744_043_200,
        10_807_283_307_492_722_906, 13_255_187_161_558_033_411, 7_862_348_700_242_842_971,
        13_423_066_550_288_448_651, 18_066_359_189_405_034_988,
      ])
  }

  @Test func `words of a sequence stay as they are`() {
    var sequence = sequence
    #expect(
      (0..<8).map { _ in sequence.next() } == [
        15_733_182_377_602_947_263, 9_070_167_576_718_234_633, 10_305_522_389_545_774_516,
        15_502_491_042_584_224_924, 8_810_741_540_557_284_773, 7_781_540_425_297_740_558,
        15_770_325_968_142_178_832, 589_634_520_561_893_171,
      ])
  }

  @Test func `the sequence at another number stays as it is`() {
    var generator = key.generator(at: 3)
    #expect(
      (0..<8).map { _ in generator.next() } == [
        924_055_911_418_496_084, 16_484_453_537_901_051_298, 6_622_882_992_884_335_743,
        5_865_777_696_727_068_550, 11_998_922_504_365_374_639, 1_169_034_944_245_151_605,
        3_024_895_424_808_073_614, 6_545_092_529_600_927_384,
      ])
  }

  @Test func `numbers in (0, 1) stay as they are`() {
    #expect(
      units == [
        0.5330988278739718, 0.555366447721345, 0.7493342665519157, 0.5858640020324969,
        0.7185651358631594, 0.42621877708209366, 0.727665895762012, 0.9793792941028198,
      ])
  }

  @Test func `whole numbers stay as they are`() {
    let numbers = (0..<8).map { UniformDraw.integer(in: 1...1000, from: key.word(at: $0)) }
    #expect(numbers == [534, 556, 750, 586, 719, 427, 728, 980])
  }

  @Test func `exponential draws stay as they are`() {
    let tables = ExponentialTables()
    var sequence = sequence
    #expect(
      (0..<8).map { _ in sequence.nextExponential(tables) } == [
        0.8192956759584866, 2.547710194831576, 0.6023348786911044, 1.126251455940257,
        0.5924757113735143, 1.9592238726221933, 3.830182679758105, 0.0958088024269382,
      ])
  }

  @Test func `normal draws stay as they are`() {
    #expect(
      units.map { normalQuantile($0) } == [
        0.08306187014753146, 0.13923164295576834, 0.6723962540723464, 0.21691832548981568,
        0.5785842593369384, -0.18600919045815167, 0.6057689235955767, 2.0410947332234968,
      ])
  }

  @Test func `normal draws by table stay as they are`() {
    let table = QuantileTable.standardNormal()
    #expect(
      units.map { table.value(at: $0) } == [
        0.08306187014749598, 0.13923164295449425, 0.6723962540529307, 0.2169183254897617,
        0.5785842593351651, -0.1860091904571198, 0.6057689235788097, 2.0410947331256275,
      ])
  }

  @Test func `Beta draws stay as they are`() throws {
    let table = try #require(QuantileTable.beta(mean: 0.556, standardDeviation: 0.212))
    #expect(
      units.map { table.value(at: $0) } == [
        0.5854098120010014, 0.5991139467905228, 0.721628246011822, 0.6178827297255066,
        0.701329735770444, 0.5187421445884168, 0.7072770171510893, 0.9291760070071373,
      ])
  }

  @Test func `gamma draws stay as they are`() throws {
    let table = try #require(QuantileTable.gamma(variance: 0.5))
    #expect(
      units.map { table.value(at: $0) } == [
        0.8931907244359127, 0.9310195937274521, 1.3444934048131012, 0.9850925769093594,
        1.2644084539318796, 0.7263470948391519, 1.2872853687716463, 2.8990515995114143,
      ])
  }

  @Test func `hazards stay as they are`() {
    let table = HazardTable()
    #expect(
      units.map { table.hazard(at: 8 * $0 - 6) } == [
        0.04223117768240659, 0.06158514918552547, 0.6889067763662341, 0.09935265595078265,
        0.512029567691915, 0.00480685014231128, 0.5605364877916246, 3.4036914953113637,
      ])
  }

  private var units: [Double] { (0..<8).map { UniformDraw.unit(from: key.word(at: $0)) } }
}
