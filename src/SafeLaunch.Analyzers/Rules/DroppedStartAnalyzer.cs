using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0005: the task of a start is dropped, and with it the exception and the handle.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DroppedStartAnalyzer : LaunchRule
{
    /// <summary>The property of a diagnostic which says that only this call returns the handle.</summary>
    public const string ReturnsHandle = nameof(ReturnsHandle);

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.DroppedStart,
        "Await the start of a launch",
        "The task of this start is dropped: nobody learns when it is ready or why it failed; await it, or call Start",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A start that fails throws through its task. When the task is dropped, the failure is lost, and so is the handle that would stop the launch.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.DroppedStart));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is "StartAsync" && types.Starts(call.TargetMethod.ContainingType) && IsDropped(call, types) && !ExpectedFailure.IsOf(call))
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                call.Syntax.GetLocation(),
                call.TargetMethod.ContainingType.IsSame(types.Launcher) ? properties.Add(ReturnsHandle, null) : properties));
        }
    }

    private static bool IsDropped(IInvocationOperation call, LaunchTypes types) => call.UserOf() switch
    {
        IExpressionStatementOperation => true,

        // The others have the handle of the launch still.
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => call.TargetMethod.ContainingType.IsSame(types.Launcher),
        _ => false,
    };
}
