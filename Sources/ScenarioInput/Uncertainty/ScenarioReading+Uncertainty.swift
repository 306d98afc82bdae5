import DocumentReading

extension ScenarioReading {
  /// What is not known of the parameters; `nil` where the scenario says nothing of it, or says it wrong,
  /// with problems reported.
  ///
  /// - Parameter checks: What it is held against; `nil` where that could not be read.
  func uncertainty(
    _ top: inout Section, in checks: UncertaintyChecks?
  ) -> UncertaintyAssumptions? {
    guard let node = top.nodeIfPresent("uncertainty"),
      let section = top.sectionIfPresent("uncertainty")
    else { return nil }
    return UncertaintySection(problems: problems, folder: folder).read(section, node, in: checks)
  }
}
