using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class DroppedServerFixTests
{
    [TestCase("Launcher.For(() =>\n{\n    var server = new Server();\n    [|server.Start();|]\n});", "Launcher.For(() =>\n{\n    var server = new Server();\n    server.Start();\n    return server;\n});", TestName = "A_server_in_a_variable_is_returned")]
    [TestCase("Launcher.For(() =>\n{\n    [|Server.Start(\"http://localhost\");|]\n});", "Launcher.For(() =>\n{\n    return Server.Start(\"http://localhost\");\n});", TestName = "A_server_of_a_static_method_is_returned")]
    [TestCase("Launcher.For(() =>\n{\n    [|Server.Start(\"http://localhost\");|]\n    Console.WriteLine();\n});", "Launcher.For(() =>\n{\n    var server = Server.Start(\"http://localhost\");\n    Console.WriteLine();\n    return server;\n});", TestName = "A_server_before_another_statement_is_returned")]
    [TestCase("Launcher.For(() =>\n{\n    var server = new Server();\n    if (port == 0)\n    {\n        return;\n    }\n\n    [|server.Start();|]\n});", null, TestName = "A_server_in_a_delegate_with_an_early_return_is_left_alone")]
    [TestCase("Launcher.For(() =>\n{\n    var server = new Server();\n    Action log = () => { return; };\n    [|server.Start();|]\n});", "Launcher.For(() =>\n{\n    var server = new Server();\n    Action log = () => { return; };\n    server.Start();\n    return server;\n});", TestName = "A_server_in_a_delegate_with_a_return_in_another_lambda_is_returned")]
    [TestCase("Launcher.For((Action)(() =>\n{\n    var server = new Server();\n    [|server.Start();|]\n}));", null, TestName = "A_server_in_a_delegate_with_a_cast_is_left_alone")]
    [TestCase("Launcher.For(void () =>\n{\n    var server = new Server();\n    [|server.Start();|]\n});", null, TestName = "A_server_in_a_delegate_that_is_written_to_return_nothing_is_left_alone")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<DroppedServerAnalyzer, DroppedServerFix>(code, changed);

    [TestCase("Launcher.For(() =>\n{\n    Launcher.For(() =>\n    {\n        [|Server.Start(\"http://localhost\");|]\n        Console.WriteLine();\n    });\n    [|Server.Start(\"http://localhost\");|]\n    Console.WriteLine();\n});", "Launcher.For(() =>\n{\n    Launcher.For(() =>\n    {\n        var server = Server.Start(\"http://localhost\");\n        Console.WriteLine();\n        return server;\n    });\n    var server2 = Server.Start(\"http://localhost\");\n    Console.WriteLine();\n    return server2;\n});", TestName = "A_server_of_a_launch_inside_a_launch_is_returned_by_its_own_delegate")]
    public Task CheckAll(string code, string changed) => AnalyzedCode.AreChanged<DroppedServerAnalyzer, DroppedServerFix>(code, changed);
}
