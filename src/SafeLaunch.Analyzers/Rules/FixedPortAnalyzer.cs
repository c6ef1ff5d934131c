using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0011: a test launches a server on a fixed port.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FixedPortAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.FixedPort,
        "Launch the servers of tests on free ports",
        "Another process, or another test, may have port {0}: take a free port by UseLoopback, or port 0, and read it from Address",
        DiagnosticIds.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A test with a fixed port fails when two runs go on at once, or when a server of an earlier run is left over.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.FixedPort));

    private static readonly string[] TestFrameworks =
    [
        "NUnit.Framework.TestAttribute",
        "Xunit.FactAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
        "TUnit.Core.TestAttribute",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types)
    {
        if (TestFrameworks.Any(attribute => context.Compilation.GetTypeByMetadataName(attribute) is not null))
        {
            context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation, OperationKind.SimpleAssignment);
        }
    }

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        foreach (var place in PlacesOfPorts(context.Operation, types))
        {
            if (PortOf(place) is { } port)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, place.Syntax.GetLocation(), port));
            }
        }
    }

    /// <summary>The expressions by which an operation sets the addresses of a launch, or says where it has to be.</summary>
    private static IEnumerable<IOperation> PlacesOfPorts(IOperation operation, LaunchTypes types)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { Name: "UseUrls", ContainingType: var type } } call when type.IsOfSafeLaunch():
                return (call.Arguments.Last().Value as IArrayCreationOperation)?.Initializer?.ElementValues ?? ImmutableArray<IOperation>.Empty;
            case IInvocationOperation { TargetMethod: { Name: "Tcp" or "Http", ContainingType: var type } } probe when type.IsSame(types.Ready):
                return probe.Arguments.Where(argument => argument.Parameter!.Name is "port" or "uri").Select(argument => argument.Value.Unwrapped());
            default:
                return ConfigurationEntry.Of(operation, types) is { Key: { } key, Value: { } value } && IsAddress(key) ? [value.Unwrapped()] : [];
        }
    }

    private static bool IsAddress(string key) =>
        string.Equals(key, "urls", StringComparison.OrdinalIgnoreCase)
        || string.Equals(key, "http_ports", StringComparison.OrdinalIgnoreCase)
        || string.Equals(key, "https_ports", StringComparison.OrdinalIgnoreCase)
        || (key.StartsWith("Kestrel:Endpoints:", StringComparison.OrdinalIgnoreCase) && key.EndsWith(":Url", StringComparison.OrdinalIgnoreCase));

    /// <summary>The port that a constant names; null if it is no constant, or names none, or lets the system choose.</summary>
    private static int? PortOf(IOperation place)
    {
        var port = place.ConstantValue is { HasValue: true, Value: var value }
            ? value switch
            {
                int number => number,
                string text when int.TryParse(text, out var number) => number,
                string text when Uri.TryCreate(text.Split(';')[0].Replace("*", "localhost").Replace("+", "localhost"), UriKind.Absolute, out var address) && address.Host is not "unix" => address.Port,
                _ => 0,
            }
            : 0;
        return port > 0 ? port : null;
    }
}
