using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SafeLaunch.Analyzers;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Asks for the stop, and does not wait for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StopInsideLaunchFix))]
[Shared]
internal sealed class StopInsideLaunchFix() : LaunchFix(DiagnosticIds.StopInsideLaunch)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not InvocationExpressionSyntax stop || Request(stop) is not { } request)
        {
            return null;
        }

        ExpressionSyntax whole = stop.Parent is AwaitExpressionSyntax awaited ? awaited : stop;
        var isReplaceable = whole.Parent switch
        {
            ExpressionStatementSyntax or ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax } => true,

            // A lambda that calls StopAsync may have to return a task, and RequestStop returns none.
            LambdaExpressionSyntax or ConditionalAccessExpressionSyntax { Parent: LambdaExpressionSyntax } => IsSynchronous(stop),
            _ => false,
        };
        return isReplaceable ? new("Call RequestStop", whole, request.WithTriviaFrom(whole)) : null;
    }

    private static bool IsSynchronous(InvocationExpressionSyntax stop) => stop.Expression
        is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Stop" }
        or MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Stop" };

    private static InvocationExpressionSyntax? Request(InvocationExpressionSyntax stop) => stop.Expression switch
    {
        MemberAccessExpressionSyntax member => InvocationExpression(member.WithName(IdentifierName("RequestStop"))),
        MemberBindingExpressionSyntax member => InvocationExpression(member.WithName(IdentifierName("RequestStop"))),
        _ => null,
    };
}
