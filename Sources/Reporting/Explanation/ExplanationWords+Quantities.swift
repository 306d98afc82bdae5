import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

// Numbers and names of steps in words.
extension ExplanationWords {
  func joined(_ quantity: ExplanationStep.Quantity) -> LocalizedText {
    switch quantity {
    case .money(let money): .init(same: money.toTheFen)
    case .ratio(let ratio): .init(same: ratio.description)
    case .months(let count):
      count == 1
        ? .init(en: "1 month", zh: "1个月") : .init(en: "\(count) months", zh: "\(count)个月")
    case .days(let count): .init(en: "\(count) days", zh: "\(count)日")
    case .date(let date): .init(same: date.description)
    case .words(let words): words.map { fileWord($0) }.joined()
    }
  }

  /// What a word of the files means.
  private func fileWord(_ word: String) -> LocalizedText {
    SizeClass(rawValue: word)?.words ?? CollateralKind(rawValue: word)?.words
      ?? .init(same: word)
  }
}

extension Party {
  /// The party that bears something.
  var bearer: LocalizedText {
    role == .partner ? .init(en: "partner (social account)", zh: "合作机构（社会资本账户）") : words
  }
}
