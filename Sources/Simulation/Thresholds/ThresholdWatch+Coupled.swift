import CompensationKernel
import FundCore

// What ratios count. Those that look at more than one bank's claims and lending are coupled: measured against the
// fund's money, or of all banks together. No table knows them beforehand, and a claim of one bank, or a fee, can
// move another's.
extension ThresholdWatch {
  /// What a ratio counts for a bank, and what it is measured against.
  func ratio(_ index: Int, bank: Int, month: Int) -> (part: Int64, whole: Int64) {
    let watched = tables.thresholds[index]
    if watched.isCoupled { return coupledRatio(index, bank: bank, month: month) }
    let cell = index * bankCount + bank
    return (
      counters[bank].numerator(watched.numerator),
      watched.hasBounds ? whole(index, bank: bank, month: month) : coveredDisbursed[cell]
    )
  }

  /// What such a ratio counts, and what it is measured against.
  @inline(never)
  func coupledRatio(_ index: Int, bank: Int, month: Int) -> (part: Int64, whole: Int64) {
    let terms = setup.thresholds[index].terms
    let banks = terms.scope == .fund ? 0..<bankCount : bank..<bank + 1
    var (part, whole) = (Int64(0), Int64(0))
    for bank in banks {
      part +=
        terms.numerator == .lendingOutstanding
        ? lending(index, bank: bank, month: month) : counters[bank].numerator(terms.numerator)
      switch terms.denominator {
      case .disbursed: whole += disbursed(index, bank: bank, month: month)
      case .covered: whole += coveredDisbursed[index * bankCount + bank]
      case .outstanding: whole += lending(index, bank: bank, month: month)
      case .balance, .yearOpening, .moneyPutIn: break
      }
    }
    return (part, terms.denominator.fundMeasure.map { money[$0].fen } ?? whole)
  }

  /// What is outstanding by schedule of a bank's loans at the end of a month, less what it has not lent.
  private func lending(_ index: Int, bank: Int, month: Int) -> Int64 {
    let all = setup.thresholds[index].lending[bank * horizon + month]
    return stopped.concerns(bank)
      ? all - stopped.outstanding(index, bank: bank, month: month) : all
  }

  /// Compares the ratio of all banks together; what it reaches concerns each of them.
  @inline(never)
  mutating func compareOfFund(_ index: Int, month: Int) {
    let (part, whole) = coupledRatio(index, bank: 0, month: month)
    guard setup.thresholds[index].terms.level.isReached(by: Money(fen: part), of: Money(fen: whole))
    else { return }
    for bank in 0..<bankCount { compare(index, bank: bank, month: month) }
  }

  /// Compares such a ratio at the end of a period: of every bank, since none need have done anything.
  @inline(never)
  mutating func judgeCoupled(_ index: Int, month: Int) {
    guard tables.isPeriodEnd[index * horizon + month] else { return }
    if tables.thresholds[index].isOfFund { return compareOfFund(index, month: month) }
    for bank in 0..<bankCount { compare(index, bank: bank, month: month) }
  }
}
