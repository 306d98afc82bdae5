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

  /// The vector of the `rand_xoshiro` crate, made with the reference code
  /// <https://prng.di.unimi.it/xoshiro256plusplus.c>.
  @Test func `xoshiro256++ gives the published words`() {
    var generator = WordGenerator(state: (1, 2, 3, 4))
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
  var generator: WordGenerator { key.generator() }

  @Test func `words by number stay as they are`() {
    #expect(
      (0..<8).map { key.word(at: $0) } == [
        9_833_937_643_785_696_667, 10_244_702_728_240_847_483, 13_822_777_440_744_043_200,
        10_807_283_307_492_722_906, 13_255_187_161_558_033_411, 7_862_348_700_242_842_971,
        13_423_066_550_288_448_651, 18_066_359_189_405_034_988,
      ])
  }

  @Test func `words in order stay as they are`() {
    var generator = generator
    #expect(
      (0..<8).map { _ in generator.next() } == [
        13_939_471_002_271_559_151, 4_224_878_291_021_208_314, 8_034_054_634_777_888_934,
        14_456_938_177_016_413_187, 1_681_279_934_679_583_952, 13_660_930_509_298_435_999,
        9_157_777_057_620_724_073, 2_853_279_720_670_314_988,
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
    var generator = generator
    #expect(
      (0..<8).map { _ in generator.nextExponential(tables) } == [
        0.30318197942211117, 0.04870839237500036, 0.5354796292557243, 5.077184190251309,
        0.07083262277126373, 0.9676612700210556, 0.9819528556935636, 0.0685724486023804,
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
        0.08306187013338026, 0.13923164294746568, 0.6723962539508236, 0.2169183254895941,
        0.57858425932917, -0.18600919045281578, 0.6057689234110404, 2.0410947331256275,
      ])
  }

  @Test func `Beta draws stay as they are`() throws {
    let table = try #require(QuantileTable.beta(mean: 0.556, standardDeviation: 0.212))
    #expect(
      units.map { table.value(at: $0) } == [
        0.5854098120008558, 0.5991139467901281, 0.72162824600316, 0.617882729725494,
        0.7013297357699205, 0.5187421445892131, 0.7072770171365786, 0.9291760202620515,
      ])
  }

  @Test func `gamma draws stay as they are`() throws {
    let table = try #require(QuantileTable.gamma(variance: 0.5))
    #expect(
      units.map { table.value(at: $0) } == [
        0.8931907243936854, 0.9310195937125708, 1.3444934046698445, 0.9850925769090688,
        1.264408453923476, 0.7263470948374776, 1.2872853685366228, 2.8990515995114143,
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
