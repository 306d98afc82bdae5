import CompensationKernel
import FundCore

/// An agreement on shares, and the article that allows or forbids it.
struct WorkedShares: Sendable {
  let model: OperatingModel
  let agreed: [Party: Ratio]
  let isAllowed: Bool
  let article: String
}
