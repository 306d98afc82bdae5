import Foundation
import Testing
@testable import Reporting
@Test func dump() throws { try Data(Fixture.report!.terminalText().utf8).write(to: URL(filePath: "/tmp/rep/approved2.txt")) }
