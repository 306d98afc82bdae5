/// How a figure was found of the trials.
public enum EstimateMethod: String, Sendable, Hashable, Codable {
  /// As the mean, the share or the quantile of the trials.
  case plain
  /// With controls whose means are known.
  case control
  /// Of trials drawn where the rare happens, each with its weight.
  case importance
}
