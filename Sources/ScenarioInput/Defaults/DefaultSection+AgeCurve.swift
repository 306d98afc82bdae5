import DocumentReading
import FundCore
import Simulation

extension DefaultSection {
  /// A stretch of ages with its multiplier.
  private struct AgeStretch {
    let from: Written<Int>
    /// The last month; `nil` for all later ones.
    let until: Int?
    let factor: Double
  }

  /// The oldest a loan can be, in months.
  private static let oldest = 1_200

  /// Reads `ageCurve:`, multipliers of the annual probability by months since a loan's start.
  func ageCurve(_ section: inout Section, timing: Written<AssessmentTiming>?) -> AgeCurve? {
    guard section.has("ageCurve") else { return AgeCurve() }
    if timing?.value == .maturity {
      problems.report(
        "key-without-use",
        .init(
          en: """
            'ageCurve' has no meaning with `timing: maturity`: a loan is assessed once, for its whole \
            term, and not month by month
            """,
          zh: "在 `timing: maturity` 下，“ageCurve”没有意义：每笔贷款只在到期时就整个期限判定一次，并不逐月判定"),
        help: .init(
          en: "write `timing: monthly`, or leave 'ageCurve' out",
          zh: "改为 `timing: monthly`，或删去“ageCurve”"),
        at: section.keys.first { $0.value == "ageCurve" }?.location ?? section.location)
    }
    var stretches: [AgeStretch] = []
    var isWhole = true
    for opened in section.sectionsIfPresent("ageCurve") ?? [] {
      if let stretch = ageStretch(opened) {
        stretches.append(stretch)
      } else {
        isWhole = false
      }
    }
    stretches.sort { $0.from.value < $1.from.value }
    for (earlier, later) in zip(stretches, stretches.dropFirst()) {
      let last = earlier.until ?? Self.oldest
      guard last >= later.from.value else { continue }
      isWhole = false
      problems.report(
        "ages-overlap",
        .init(
          en: "month \(later.from.value) since the start already has the factor \(earlier.factor)",
          zh: "放款后第\(later.from.value)个月已有倍数\(earlier.factor)"),
        help: .init(
          en:
            "let each stretch of ages begin after the one before it ends, or give that an 'until'",
          zh: "各段账龄首尾相接、互不重叠；前一段须写“until”"), at: later.from.location)
    }
    return isWhole && timing?.value != .maturity ? Self.curve(stretches) : nil
  }

  private func ageStretch(_ opened: Section) -> AgeStretch? {
    var item = opened
    let from = item.monthCount("from", in: 1...Self.oldest, example: "13")
    let until = item.monthCountIfPresent("until", in: 1...Self.oldest)
    let hasUntil = item.has("until")
    let factor = item.number("factor", in: 0...1000)
    item.finish()
    guard let from, let factor, !hasUntil || until != nil else { return nil }
    if let until, until.value < from.value {
      problems.report(
        "months-in-wrong-order",
        .init(
          en: "'until' (\(until.value)) lies before 'from' (\(from.value))",
          zh: "“until”（\(until.value)）小于“from”（\(from.value)）"),
        help: .init(
          en: "give the first month since the start in 'from', the last one in 'until'",
          zh: "“from”写放款后的首月，“until”写末月"), at: until.location)
      return nil
    }
    return AgeStretch(from: from, until: until?.value, factor: factor.value)
  }

  /// The steps of stretches that do not overlap; between them the multiplier is 1.
  private static func curve(_ stretches: [AgeStretch]) -> AgeCurve {
    var steps: [AgeCurve.Step] = []
    var next = 1
    func add(_ from: Int, _ factor: Double) {
      // What goes on as before is no step.
      if factor != steps.last?.factor ?? 1 {
        steps.append(AgeCurve.Step(from: from, factor: factor))
      }
    }
    for stretch in stretches {
      if stretch.from.value > next { add(next, 1) }
      add(stretch.from.value, stretch.factor)
      next = (stretch.until ?? oldest) + 1
    }
    if next <= oldest, !stretches.isEmpty { add(next, 1) }
    return AgeCurve(steps)
  }
}
