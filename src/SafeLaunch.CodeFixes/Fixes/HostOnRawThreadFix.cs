using System.Composition;
using System.Globalization;
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
            ParseExpression("global::SafeLaunch.Launcher.For").WithAdditionalAnnotations(Simplifier.Annotation),
            ArgumentList(SingletonSeparatedList(Argument(code))));
        return new("Launch the host by Launcher.For", statement, Code.Declaration(statement, Code.Start(launcher, statement)));
    }

    /// <summary>The delegate as the launcher takes it; null if it needs an argument.</summary>
    private static ExpressionSyntax? DelegateOf(ExpressionSyntax thread, Diagnostic diagnostic)
    {
        var code = ArgumentsOf(thread)?.Arguments[int.Parse(diagnostic.Properties[HostOnRawThreadAnalyzer.PlaceOfDelegate]!, CultureInfo.InvariantCulture)].Expression;
        if (code is ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var made] })
        {
            // The delegate in new ThreadStart(…).
            code = made.Expression;
        }

        return code?.WithoutTrivia() switch
        {
            SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: "_" } lambda when !UsesDiscard(lambda) => ParenthesizedLambdaExpression(lambda.AsyncKeyword, ParameterList().WithTrailingTrivia(Space), lambda.ArrowToken, lambda.Body),
            SimpleLambdaExpressionSyntax => null,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: > 0 } => null,
            ParenthesizedLambdaExpressionSyntax lambda => lambda,
            { } group when diagnostic.Properties.ContainsKey(HostOnRawThreadAnalyzer.MethodWithoutParameters) => group,
            _ => null,
        };
    }

    /// <summary>Whether code uses the parameter <c>_</c>, which is a variable like others where it stands alone.</summary>
    private static bool UsesDiscard(SimpleLambdaExpressionSyntax lambda) =>
        lambda.Body.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "_" });

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax thread) => thread switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
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
