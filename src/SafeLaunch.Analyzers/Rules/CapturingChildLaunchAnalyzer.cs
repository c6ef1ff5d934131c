using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0009: the delegate of a child launch needs an object of this process.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CapturingChildLaunchAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.CapturingChildLaunch,
        "Do not capture anything in the delegate of a child launch",
        "The child process does not have '{0}', and so {1} refuses this code: pass the data by Configuration, Args or EnvironmentVariables",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Only data crosses the border to a child process. Its delegate is a static method, or a lambda that captures nothing; any other is refused by an exception.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.CapturingChildLaunch));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (CodeOfChild(call, types) is { } code && Captures.FirstOf(code) is { } captured)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, captured.Location, captured.Name, call.TargetMethod.Name));
        }
    }

    private static IOperation? CodeOfChild(IInvocationOperation call, LaunchTypes types) => call.TargetMethod switch
    {
        { Name: "InChildProcess", ContainingType: var type } when type.IsOfSafeLaunch() => call.Receiver() is { } launcher ? DelegateOf(launcher, types) : null,
        { Name: "ConfigureInChild", ContainingType: var type } when type.IsOfSafeLaunch() => call.ArgumentOf("configure"),
        _ => null,
    };

    /// <summary>The delegate of a launcher that is made in the same expression, or in the declaration of a local variable.</summary>
    private static IOperation? DelegateOf(IOperation launcher, LaunchTypes types)
    {
        if (launcher is ILocalReferenceOperation reference)
        {
            var declarators = reference.Outermost().Descendants().OfType<IVariableDeclaratorOperation>();
            var variable = declarators.FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local));
            launcher = variable?.GetVariableInitializer()?.Value.Unwrapped() ?? launcher;
        }

        return LaunchCall.Of(launcher, types)?.Delegate;
    }
}
