using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using SafeLaunch.Analyzers;
using SafeLaunch.Analyzers.Rules;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Launches the host that a thread or a task runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HostOnRawThreadFix))]
[Shared]
internal sealed class HostOnRawThreadFix() : LaunchFix(DiagnosticIds.HostOnRawThread)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        var thread = node as ExpressionSyntax;
        if (thread is null || DelegateOf(thread, diagnostic) is not { } code || StatementOf(thread) is not { } statement || !Code.MayDeclare(statement))
        {
            return null;
        }

        var launcher = InvocationExpression(
            ParseExpression("SafeLaunch.Launcher.For").WithAdditionalAnnotations(Simplifier.Annotation),
            ArgumentList(SingletonSeparatedList(Argument(code))));
        return new("Launch the host by Launcher.For", statement, Code.Declaration(statement, Code.Start(launcher, statement)));
    }

    /// <summary>The delegate as the launcher takes it; null if it needs an argument.</summary>
    private static ExpressionSyntax? DelegateOf(ExpressionSyntax thread, Diagnostic diagnostic)
    {
        var code = FirstArgument(thread);
        if (code is ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 1 })
        {
            // The delegate in new ThreadStart(…).
            code = FirstArgument(code);
        }

        return code?.WithoutTrivia() switch
        {
            SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: "_" } lambda => ParenthesizedLambdaExpression(lambda.AsyncKeyword, ParameterList().WithTrailingTrivia(Space), lambda.ArrowToken, lambda.Body),
            SimpleLambdaExpressionSyntax => null,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: > 0 } => null,
            ParenthesizedLambdaExpressionSyntax lambda => lambda,
            { } group when diagnostic.Properties.ContainsKey(HostOnRawThreadAnalyzer.MethodWithoutParameters) => group,
            _ => null,
        };
    }

    private static ExpressionSyntax? FirstArgument(ExpressionSyntax code) => code switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.FirstOrDefault()?.Expression,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression,
        _ => null,
    };

    /// <summary>The statement that starts the thread or the task, and does nothing with its value.</summary>
    private static ExpressionStatementSyntax? StatementOf(ExpressionSyntax thread) =>
        thread is BaseObjectCreationExpressionSyntax
            ? thread.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } start }
                ? Code.StatementOf(start)
                : null
            : Code.StatementOf(thread);
}
