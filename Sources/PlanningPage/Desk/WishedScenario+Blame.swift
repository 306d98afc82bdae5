import FundCore
import ReportForm

/// Beside which control it is said that something does not go.
extension WishedScenario {
  /// Puts what stands beside no control that was moved beside those without which it would go.
  mutating func blame(_ moved: [String: String], of base: PlanBase) {
    let ids = (controls.all + base.controls.all).filter { control in
      moved[control.id].map { $0 != control.control.value } ?? false
    }.map(\.id)
    let astray = problems.filter { !ids.contains($0.key) }
    guard !astray.isEmpty, let first = ids.first else { return }
    let found = Set(ids).sorted().prefix(Self.mostTried).filter { id in
      var others = moved
      others[id] = nil
      let without = WishedScenario(moving: others, of: base)
      return !astray.keys.contains { without.problems[$0] != nil }
    }
    // What several do together stands beside each of them.
    let places = ids.count == 1 ? [first] : found.isEmpty ? Set(ids).sorted() : found
    for (id, words) in astray.sorted(by: { $0.key < $1.key }) {
      problems[id] = nil
      for place in places { say(words, beside: place) }
    }
  }

  /// So many controls are put back one by one, to see which is to blame: each reads the scenario once.
  private static let mostTried = 12

  mutating func say(_ words: LocalizedText, beside id: String) {
    problems[id] =
      problems[id].map { .init(en: "\($0); \(words)", zh: "\($0)；\(words)") } ?? words
  }
}
