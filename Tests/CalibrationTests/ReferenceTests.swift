import Calibration
import Testing

/// Reference values at the edge; those of HISTORY.md §1 are in the table of checks (`HistoryChecks`).
struct `The reference values` {
  @Test
  func `of five years have a maximum that is not to be told from 0, those of sixteen have not`()
    throws
  {
    #expect(try CalibrationResult(Samples.fiveYears).best.correlationIsAtBound)
    #expect(try !CalibrationResult(Samples.sixteenYears).best.correlationIsAtBound)
  }

  @Test func `of a bound with too many defaults are none`() {
    #expect(Samples.sixteenYears.lowDefaultBound(grade: 0, level: 0.9, assetCorrelation: 0) == nil)
    let all = Samples.table([(3, 3)])
    #expect(all.lowDefaultBound(grade: 0, level: 0.9, assetCorrelation: 0.1)?.bound == 1)
  }
}
