import DocumentReading
import FundCore

/// Whether the middle loan of a tape is one that nobody makes on a pledge of intellectual property: a
/// unit was then misunderstood.
struct TapeMedians {
  let notices: [LocalizedText]

  private static let smallest = Money(fen: 1_000_000)
  private static let largest = Money(fen: 10_000_000_000)
  private static let shortestTerm = 3
  private static let longestTerm = 60
  private static let lowestRate = Ratio(millionths: 10_000)
  private static let highestRate = Ratio(millionths: 360_000)

  init(_ loans: [LoanRecord], hasRate: Bool) {
    // A median lies below a limit if more than half of the values do: no sorting is needed for that.
    var (small, large, brief, long, low, high, rates) = (0, 0, 0, 0, 0, 0, 0)
    for loan in loans {
      if loan.principal < Self.smallest { small += 1 }
      if loan.principal > Self.largest { large += 1 }
      if Int(loan.termMonths) < Self.shortestTerm { brief += 1 }
      if Int(loan.termMonths) > Self.longestTerm { long += 1 }
      guard hasRate, loan.rate > .zero else { continue }
      rates += 1
      if loan.rate < Self.lowestRate { low += 1 }
      if loan.rate > Self.highestRate { high += 1 }
    }
    var texts: [LocalizedText] = []
    if max(small, large) * 2 > loans.count {
      let middle = Self.middle(loans.map(\.principal))
      texts.append(
        .init(
          en: "the median principal is \(middle): is the unit of the column right?",
          zh: "本金的中位数为\(middle)：该列的单位对吗？"))
    }
    if max(brief, long) * 2 > loans.count {
      let middle = Self.middle(loans.map(\.termMonths))
      texts.append(
        .init(
          en: "the median term is \(middle) months: is the unit of the column right?",
          zh: "期限的中位数为\(middle)个月：该列的单位对吗？"))
    }
    if max(low, high) * 2 > rates {
      let middle = Self.middle(loans.map(\.rate).filter { $0 > .zero })
      texts.append(
        .init(
          en: "the median rate is \(middle) a year: is the unit of the column right?",
          zh: "年利率的中位数为\(middle)：该列的单位对吗？"))
    }
    notices = texts
  }

  private static func middle<Value: Comparable>(_ values: [Value]) -> Value {
    values.sorted()[values.count / 2]
  }
}

/// The terms of days that are no whole months, by their text.
///
/// It is a class because the judge of a column, which each text meets once, notes them.
final class RoundedTerms {
  private var terms: [(text: String, months: Int)] = []
  private var seen: Set<String> = []

  func note(_ text: String, _ months: Int) {
    guard seen.count < 10_000, seen.insert(text).inserted else { return }
    terms.append((text, months))
  }

  var notices: [LocalizedText] {
    guard !terms.isEmpty else { return [] }
    let shown = terms.prefix(5).map {
      LocalizedText(en: "\($0.text) → \($0.months)", zh: "\($0.text) → \($0.months)")
    }
    let texts = shown.joined()
    let count = terms.count
    return [
      .init(
        en:
          "\(count) different terms in days are no whole months, and were taken as the nearest: \(texts)",
        zh: "\(count)种以天计的期限不是整月，按最近的月数计：\(texts)")
    ]
  }
}

/// Numbers of 16 digits and more among the names of loans: a spreadsheet keeps fifteen digits.
struct LongNumbers {
  private var counts: (long: Int, perhaps: Int, cut: Int) = (0, 0, 0)
  private var example = ""

  mutating func add(_ text: String) {
    guard text.utf8.count >= 16 else { return }
    switch Scalar.longNumber(text) {
    case .no: return
    case .whole: break
    case .perhapsCut: counts.perhaps += 1
    case .cut: counts.cut += 1
    }
    counts.long += 1
    if example.isEmpty, counts.perhaps + counts.cut > 0 { example = text }
  }

  /// By chance, one number of 17 digits in a hundred ends so, and one of 16 in ten.
  func notices(_ header: String) -> [LocalizedText] {
    let isCut = counts.cut > 0 && counts.cut * 10 >= counts.long
    let isPerhapsCut = counts.perhaps > 1 && counts.perhaps * 2 > counts.long
    guard isCut || isPerhapsCut else { return [] }
    let count = grouped(counts.cut + counts.perhaps)
    return [
      .init(
        en: """
          \(count) numbers of the column \(quoted(header)) end in zeros behind 15 digits, such \
          as \(example): a spreadsheet may have lost their digits
          """,
        zh: "\(quoted(header))列有\(count)个编号在15位之后全是零，如\(example)：可能在电子表格中丢失了位数")
    ]
  }
}
