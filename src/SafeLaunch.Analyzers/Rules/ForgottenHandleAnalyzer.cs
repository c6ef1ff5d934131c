using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0002: the handle of a launch is dropped, so that no code can stop the launch.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ForgottenHandleAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.ForgottenHandle,
        "Keep the handle of a launch, or stop the launch",
        "No code stops this launch: dispose of its handle, stop it, return it, store it, or call Launcher.Run to stay until it ends",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A launch runs until it is stopped or the process ends. When no code has its handle, its hosts are never stopped and its ports stay taken.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.ForgottenHandle));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("Start" or "StartAsync") || !call.TargetMethod.ContainingType.IsSame(types.Launcher))
        {
            return;
        }

        var handle = call.TargetMethod.Name is "Start" ? (IOperation)call : call.AwaitOf();
        if (handle is not null && IsForgotten(handle, types) && !ExpectedFailure.IsOf(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation()));
        }
    }

    private static bool IsForgotten(IOperation handle, LaunchTypes types)
    {
        var user = handle.UserOf(out var value);
        return user switch
        {
            IExpressionStatementOperation => user.IsStatement(),
            ISimpleAssignmentOperation { Target: IDiscardOperation } discard => discard.Parent.IsStatement(),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable } =>
                !IsUsing(variable.Syntax) && !ReferencesTo(variable).Any(reference => HandleUse.MayEndLaunch(reference, types)),
            _ => user is not null && HandleUse.ReadsOnly(user, value, types),
        };
    }

    private static bool IsUsing(SyntaxNode declarator) => declarator.Parent?.Parent switch
    {
        UsingStatementSyntax => true,
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword),
        _ => false,
    };

    private static IEnumerable<IOperation> ReferencesTo(IVariableDeclaratorOperation variable) => variable.Outermost().Descendants()
        .OfType<ILocalReferenceOperation>()
        .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, variable.Symbol));
}
