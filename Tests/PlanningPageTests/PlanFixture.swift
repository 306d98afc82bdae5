import DocumentReading
import Foundation
import FundCore
import PlanningPage
import ScenarioInput

/// Scenarios of the repository, and what their pages answer.
enum PlanFixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func base(_ scenario: String = "three-models", trials: Int = 600) throws -> PlanBase {
    try PlanBase(
      path: root + "/scenarios/" + scenario, choices: ScenarioChoices(trials: trials))
  }

  static func desk(_ base: PlanBase, trials: Int = 600) -> PlanDesk {
    PlanDesk(base, version: "test", effort: PlanDesk.Effort(trials: trials, threads: 2))
  }

  /// The lines that answer a wish, as objects.
  static func answers(
    _ desk: PlanDesk, _ wish: PlanWish, until isOver: @escaping @Sendable () -> Bool = { false }
  ) throws -> [[String: JSONNode]] {
    var bytes: [UInt8] = []
    try desk.answer(wish, until: isOver) { bytes += $0 }
    return bytes.split(separator: 10).map { line in
      guard case .object(let members)? = JSONNode(parsing: Array(line)) else { return [:] }
      return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }
  }
}

extension [String: JSONNode] {
  /// A text among the members, or in an object among them.
  func text(_ key: String, _ inner: String? = nil) -> String? {
    if let inner {
      guard case .object(let members)? = self[key],
        case .text(let text)? = members.first(where: { $0.key == inner })?.value
      else { return nil }
      return text
    }
    if case .text(let text)? = self[key] { return text }
    return nil
  }
}
