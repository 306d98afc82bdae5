import FundCore
import Planning
import Testing

/// What `--set` and its kin understand.
@Suite struct VariedSettingTests {
  @Test func `commas separate values, but not between brackets or quotes`() throws {
    let varied = try VariedSetting(
      "portfolio.generate.amounts.micro={from: 30万, to: 60万}, {from: 1万,to: 2万}", option: "--set")
    #expect(varied.path == "portfolio.generate.amounts.micro")
    #expect(varied.texts == ["{from: 30万, to: 60万}", "{from: 1万,to: 2万}"])
    let amounts = try VariedSetting(
      "800万，1000万, '1,600万'", option: "--fund", path: "funds.*.initial")
    #expect(amounts.texts == ["800万", "1000万", "'1,600万'"])
  }

  @Test(arguments: [
    ("a", "--set a: error[malformed-setting]: 'a' does not say what is set to which value"),
    ("=1", "--set =1: error[empty-setting]: there is no path in '=1'"),
    ("a=", "--set a=: error[empty-setting]: there is no value in 'a='"),
    ("a=1,,2", "--set a=1,,2: error[empty-setting]: there is no value in 'a='"),
    ("a=5,3,5", "--set a=5,3,5: error[value-twice]: the value '5' is given twice"),
    ("a={b", "--set a={b: error[yaml-syntax]"),
  ])
  func `what cannot be understood is told with the option's text`(text: String, message: String) {
    let error = #expect(throws: Diagnostics.self) { try VariedSetting(text, option: "--set") }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
