import FundCore
import ReportForm
import ResultFacts

/// Where figures come from, in every report alike: the section that closes it, and the object of its
/// JSON form.
struct Origin {
  /// Where the figures of each variant come from, at least one; program, scenario and seed are those
  /// of the first.
  let provenances: [Provenance]
  /// How many trials each run has.
  let trialCount: Int
  /// How many runs the study took.
  var runCount = 1

  /// Where those of the first come from.
  var provenance: Provenance { provenances[0] }

  /// The program with its version.
  var generator: String { "fundsim \(provenance.engine)" }

  /// What was run, for the line under a page's title: trials, seed, and the scenario's name without
  /// the folders of the machine on which it lay.
  var facts: [LocalizedText] {
    [
      .init(
        en: "\(NumberFormat.whole(trialCount)) trials, seed \(provenance.seed)",
        zh: "\(NumberFormat.whole(trialCount))次模拟，种子\(provenance.seed)"),
      .init(same: Self.shortPath(provenance.scenario.path)),
    ]
  }

  /// A file as a page names it: as it was given; of an absolute path only the end, for the folders of
  /// one's machine concern no reader. The block of provenance and JSON keep the whole.
  static func shortPath(_ path: String) -> String {
    let parts = path.split { "/\\".contains($0) }
    let isDrive = path.unicodeScalars.dropFirst().first == ":"
    guard path.hasPrefix("/") || path.hasPrefix("\\") || isDrive || parts.first == ".." else {
      return path
    }
    // `scenario.yaml` alone says nothing.
    return parts.suffix(2).filter { !$0.hasSuffix(":") && $0 != ".." }.joined(separator: "/")
  }

  /// What the command line set in all variants in place of the file's values.
  var settings: [String] { Self.settings(of: provenances) }

  /// What was set in all of some variants.
  static func settings(of provenances: [Provenance]) -> [String] {
    (provenances.first?.settings ?? []).filter { item in
      provenances.allSatisfy { $0.settings.contains(item) }
    }
  }

  /// The section.
  var section: ReportSection {
    var pairs = [
      LabelledText(.init(en: "program", zh: "程序"), .init(same: generator)),
      LabelledText(.init(en: "scenario", zh: "情景"), .init(same: provenance.scenario.path)),
      LabelledText(.init(en: "digest", zh: "摘要"), .init(same: provenance.scenario.digest)),
      LabelledText(.init(en: "seed", zh: "种子"), .init(same: "\(provenance.seed)")),
      LabelledText(.init(en: "trials", zh: "模拟次数"), trials),
    ]
    if !settings.isEmpty {
      pairs.insert(
        LabelledText(
          .init(en: "set there", zh: "改设"), .init(same: settings.joined(separator: "; "))), at: 2)
    }
    if let state = provenance.state {
      pairs.insert(
        LabelledText(
          .init(en: "state", zh: "起算状态"),
          .init(
            en: """
              \(state.path), of \(state.day), register \(state.register), opened \(state.opening), \
              digest \(state.digest)
              """,
            zh: """
              \(state.path)，\(state.day)，登记簿\(state.register)，启动\(state.opening)，\
              摘要\(state.digest)
              """)), at: settings.isEmpty ? 3 : 4)
    }
    var programmes: [ProgrammeReference] = []
    for item in provenances.flatMap(\.programmes) where !programmes.contains(item) {
      programmes.append(item)
    }
    pairs += programmes.flatMap(Self.pairs)
    var section = ReportSection(.init(en: "Provenance", zh: "来源说明"), [.pairs(pairs)])
    section.isOfSources = true
    return section
  }

  private var trials: LocalizedText {
    let count = NumberFormat.whole(trialCount)
    guard runCount > 1 else { return .init(same: count) }
    return .init(
      en: """
        \(count) in each of \(runCount) runs with one seed: trial k of each has the same business cycle
        """,
      zh: "\(runCount)组运行各\(count)次，同一种子：各组第k次模拟的经济周期相同")
  }

  /// A programme and whether its file was held against its text; where it was not, on a line of its
  /// own: at the end of a long title it would be broken, or overlooked.
  static func pairs(of programme: ProgrammeReference) -> [LabelledText] {
    let label = LocalizedText(en: "programme", zh: "办法")
    let name = LocalizedText(
      en: "\(programme.title) (\(programme.id))", zh: "\(programme.title)（\(programme.id)）")
    guard programme.check.isOpen else {
      return [
        LabelledText(
          label,
          .init(en: "\(name), \(programme.check.words)", zh: "\(name)，\(programme.check.words)"))
      ]
    }
    return [
      LabelledText(label, name),
      LabelledText(.init(en: "its text", zh: "其原文"), programme.check.words),
    ]
  }
}
