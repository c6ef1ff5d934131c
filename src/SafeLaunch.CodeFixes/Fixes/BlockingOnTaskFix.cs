using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using SafeLaunch.Analyzers;
using SafeLaunch.Analyzers.Rules;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Awaits the task where that is possible, and otherwise calls the method that is made to be blocked in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingOnTaskFix))]
[Shared]
internal sealed class BlockingOnTaskFix() : LaunchFix(DiagnosticIds.BlockingOnTask)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not ExpressionSyntax blocking || IsPastNullCheck(blocking))
        {
            return null;
        }

        var task = TaskOf(blocking);
        if (Code.MayAwait(node))
        {
            var awaited = ParenthesizedExpression(Code.Await(task)).WithAdditionalAnnotations(Simplifier.Annotation);
            return new("Await it", node, awaited.WithTriviaFrom(node));
        }

        return diagnostic.Properties.TryGetValue(BlockingOnTaskAnalyzer.Replacement, out var method)
            && WithoutConfigureAwait(task) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }
                ? new($"Call {method}", node, Code.Call(receiver, method!).WithTriviaFrom(node))
                : null;
    }

    /// <summary>Whether code stands after the <c>?</c> of <c>handle?.StopAsync()</c>, where C# allows no await.</summary>
    private static bool IsPastNullCheck(ExpressionSyntax code) => code.Ancestors()
        .TakeWhile(ancestor => ancestor is ExpressionSyntax)
        .OfType<ConditionalAccessExpressionSyntax>()
        .Any(access => access.WhenNotNull.Contains(code));

    /// <summary>The task in <c>task.Result</c>, <c>task.Wait()</c> or <c>task.GetAwaiter().GetResult()</c>.</summary>
    private static ExpressionSyntax TaskOf(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" or "GetAwaiter" or "Wait", Expression: var task } } => TaskOf(task),
        _ => blocking,
    };

    private static ExpressionSyntax WithoutConfigureAwait(ExpressionSyntax task) => task switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => WithoutConfigureAwait(inner),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } => WithoutConfigureAwait(inner),
        _ => task,
    };
}
