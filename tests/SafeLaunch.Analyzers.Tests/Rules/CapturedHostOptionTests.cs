using System.Reflection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

/// <summary>The list of options in SL0007 against the options that the packages have.</summary>
public sealed class CapturedHostOptionTests
{
    /// <summary>What a call passes for a parameter: as a value, and as code.</summary>
    private static readonly Dictionary<Type, (object Value, string Code)> Arguments = new()
    {
        [typeof(string)] = (Path.Combine(Path.GetTempPath(), "safelaunch-sl0007.sock"), "\"/tmp/safelaunch-sl0007.sock\""),
        [typeof(string[])] = (new[] { "http://127.0.0.1:0" }, "\"http://127.0.0.1:0\""),
        [typeof(TimeProvider)] = (TimeProvider.System, "TimeProvider.System"),
    };

    private static IEnumerable<TestCaseData> Options() => new[] { typeof(WebLaunchOptionsExtensions).Assembly, typeof(TestLaunchOptionsExtensions).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes())
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.GetParameters() is [{ ParameterType: var type }, ..] && type == typeof(LaunchOptions))
        .Select(method => new TestCaseData(method).SetArgDisplayNames(method.Name));

    [TestCaseSource(nameof(Options))]
    public async Task An_extension_of_the_options_is_reported_if_it_fails_the_start_of_a_captured_host(MethodInfo option)
    {
        var parameters = option.GetParameters().Skip(1).Where(parameter => !parameter.IsOptional).Select(parameter => Arguments[parameter.ParameterType]).ToArray();
        var file = AnalyzedCode.FileWith($"Launcher.For(host.Run, options => options.{option.Name}({string.Join(", ", parameters.Select(parameter => parameter.Code))}));");

        var diagnostics = await AnalyzedCode.DiagnosticsOf(file, [new CapturedHostAnalyzer()]);

        Assert.That(diagnostics, Has.Length.EqualTo(FailsStart(options => option.Invoke(obj: null, Call(option, options, [.. parameters.Select(parameter => parameter.Value)]))) ? 1 : 0));
    }

    private static object?[] Call(MethodInfo option, LaunchOptions options, object[] values) =>
        [options, .. values, .. Enumerable.Repeat(Type.Missing, option.GetParameters().Length - 1 - values.Length)];

    private static bool FailsStart(Action<LaunchOptions> configure)
    {
        using var host = TestHosts.Builder().Build();
        try
        {
            using var handle = Launcher.For(() => host.Run(), configure).Start();
            return false;
        }
        catch (LaunchException)
        {
            return true;
        }
    }
}
