/// What a random draw is for.
///
/// Raw values are part of the reproducibility promise: never reuse or renumber one.
@frozen
public enum DrawPurpose: UInt32, Sendable, CaseIterable {
  case systematicFactor = 0
  case defaults = 1
  case recovery = 2
  case portfolio = 3
  /// No longer drawn; its number stays taken.
  case thinning = 4
  case mixing = 5
  /// Which shift a trial of the rare set has, and the seeds of that set and its pilots.
  case rare = 6
  /// Parameters drawn given a history of defaults.
  case calibration = 16
}
