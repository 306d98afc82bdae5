import Planning
import ResultFacts
import ScenarioInput

extension StudyResult {
  /// Where the figures of each variant come from, in words; `nil` where it is not allowed.
  var provenances: [Provenance?] { sources.map { $0?.provenance } }
}

extension SizeStudy {
  /// Where the figures come from, in words.
  var provenance: Provenance { source.provenance }
}
