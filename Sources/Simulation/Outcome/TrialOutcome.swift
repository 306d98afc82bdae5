import CompensationKernel
import FundCore
import RandomStreams

/// What one trial left behind for one fund, in whole fen and whole months.
struct TrialOutcome: BitwiseCopyable {
  /// The first month in which an amount owed went unpaid for lack of balance; −1 if none.
  var exhaustionMonth: Int64 = -1
  var defaults: Int64 = 0
  var compensation: Int64 = 0
  var unpaid: Int64 = 0
  var returned: Int64 = 0
  var fees: Int64 = 0
  var interest: Int64 = 0
  var injected: Int64 = 0
  /// What filling up has given.
  var filledUp: Int64 = 0
  /// What went back to the contributors at the programme's end, and after (I-47).
  var givenBack: Int64 = 0
  var closing: Int64 = 0
  var lowest: Int64 = 0
  var neededCapital: Int64 = 0
  /// Each party's loss on covered claims, after recoveries.
  var losses = PartyAmounts()
  /// The banks' loss outside cover, after recoveries.
  var outsideCover: Int64 = 0
  /// The same by reason, before recoveries.
  var outside = OutsideCover()
  /// All losses, before recoveries.
  var totalLoss: Int64 = 0
  /// All recoveries within the horizon, after costs.
  var recoveredNet: Int64 = 0
  /// Loans that suspended or paused banks did not make, to how many enterprises, and how much (I-46).
  var stoppedLoans: Int64 = 0
  var stoppedFirms: Int64 = 0
  var stoppedCredit: Int64 = 0
  /// Claims and recoveries that fall after the horizon: left out, and counted.
  var lateClaims = 0
  var lateRecoveries = 0

  /// Notes a whole loss, and why what of it is not divided lies outside cover.
  @inline(__always)
  mutating func noteLoss(_ total: Int64, base: Int64, reason: () -> OutsideReason) {
    totalLoss += total
    outsideCover += total - base
    if total > base { outside.note(total - base, reason()) }
  }

  /// Notes an amount that was owed and could not be paid for lack of balance.
  mutating func noteShortage(_ unpaid: Int64, month: Int) {
    self.unpaid += unpaid
    if exhaustionMonth < 0 { exhaustionMonth = Int64(month) }
  }

  /// Notes the parties' parts of a recovery.
  @inline(__always)
  mutating func noteReturn(_ parts: PartyAmounts) {
    losses -= parts
    recoveredNet &+= parts.total.fen
  }

  /// Whether an opening balance, what came in and what went out make the closing balance.
  func isBalanced(from opening: Int64) -> Bool {
    opening + interest + injected + filledUp + returned - compensation - fees - givenBack == closing
  }

  /// Whether the parties' losses sum to the loss.
  var isDivided: Bool { outsideCover + losses.total.fen == totalLoss - recoveredNet }
}

/// What a fund's path may ask about the trial it belongs to.
struct TrialContext: ~Copyable {
  /// The factors by period and sector.
  let factors: FactorPath
  /// The sector of each loan; empty where there is one.
  let sectors: [Int16]
  let sectorCount: Int
  let model: FactorModel
  private let seed: UInt64
  /// The words of the trial's recoveries, by the loans' identities.
  private(set) var recoveryWords: SplitMix64
  /// When an enterprise last defaulted.
  private struct FirstDefault: BitwiseCopyable {
    /// The stamp of the trial.
    var stamp: UInt32 = 0
    /// The month of its first default in that trial.
    var month: Int32 = 0
  }

  /// Shape `[enterprises]`.
  private let firstDefaults: UnsafeMutableBufferPointer<FirstDefault>
  /// The enterprise of each loan, by themselves: all that a default asks of its loan here.
  private let enterprises: UnsafeMutableBufferPointer<Int32>
  private var stamp: UInt32 = 0
  /// The law of the part that is recovered in this trial; `nil` for that of the plan.
  var recoveryPart: RecoveryModel.Part?
  /// Whether an enterprise defaulted on two loans.
  private(set) var hasRepeatedDefaults = false

  init(plan: SimulationPlan, in memory: WorkingMemory) {
    factors = FactorPath(
      model: plan.defaults.factors, periodCount: plan.defaults.periodCount, in: memory)
    sectorCount = plan.defaults.factors.assetCorrelations.count
    sectors = sectorCount > 1 ? plan.defaults.sectors : []
    model = plan.defaults.factors
    seed = plan.seed
    recoveryWords = DrawKey(seed: seed, trial: 0, purpose: .recovery).sequence()
    firstDefaults = memory.table(FirstDefault(), count: plan.portfolio.enterpriseCount)
    enterprises = memory.table(of: plan.portfolio.loans.map(\.enterprise))
  }

  /// Goes to a trial.
  mutating func begin(trial: Int) {
    recoveryWords = DrawKey(seed: seed, trial: UInt64(trial), purpose: .recovery).sequence()
  }

  /// The systematic factor of a loan's sector in the period of a month.
  func factor(loan: Int32, _ month: Int) -> Double {
    let sector = sectors.isEmpty ? 0 : Int(sectors[Int(loan)])
    return factors.normals[model.period(of: month) * sectorCount + sector]
  }

  /// The month in which an enterprise first defaulted; a month after all others if it did not.
  @inline(__always)
  func firstDefault(of enterprise: Int32) -> Int {
    let first = firstDefaults[Int(enterprise)]
    return first.stamp == stamp ? Int(first.month) : .max
  }

  /// Takes the defaults of a trial.
  mutating func note(_ defaults: TrialDefaults, stamp: UInt32) {
    self.stamp = stamp
    let (nobody, firstDefaults) = (defaults.nobody, firstDefaults)
    var hasRepeats = false
    for place in 0..<defaults.placeCount where defaults.places[place].number != nobody {
      let enterprise = Int(enterprises[Int(defaults.loan(at: place))])
      var first = FirstDefault(stamp: stamp, month: Int32(defaults.places[place].month))
      if firstDefaults[enterprise].stamp == stamp {
        hasRepeats = true
        first.month = min(first.month, firstDefaults[enterprise].month)
      }
      firstDefaults[enterprise] = first
    }
    hasRepeatedDefaults = hasRepeats
  }
}
