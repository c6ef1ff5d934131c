using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SafeLaunch.Analyzers;
using SafeLaunch.Analyzers.Rules;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Waits for the start, and keeps the handle.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedStartFix))]
[Shared]
internal sealed class DroppedStartFix() : LaunchFix(DiagnosticIds.DroppedStart)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not InvocationExpressionSyntax start || Code.StatementOf(start) is not { } statement)
        {
            return null;
        }

        var returnsHandle = diagnostic.Properties.ContainsKey(DroppedStartAnalyzer.ReturnsHandle);
        if (returnsHandle && !Code.MayDeclare(statement))
        {
            return null;
        }

        if (Code.MayAwait(start))
        {
            var awaited = Code.Await(start);
            return new("Await the start", statement, returnsHandle ? Code.Declaration(statement, awaited) : ExpressionStatement(awaited).WithTriviaFrom(statement));
        }

        return returnsHandle && start is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: var launcher } }
            ? new("Call Start", statement, Code.Declaration(statement, Code.Call(launcher, "Start")))
            : null;
    }
}
