using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SafeLaunch.Analyzers;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Disposes of the handle of a launch at the end of the scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ForgottenHandleFix))]
[Shared]
internal sealed class ForgottenHandleFix() : LaunchFix(DiagnosticIds.ForgottenHandle)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !Code.MayDeclareUsing(statement))
        {
            return null;
        }

        var declaration = statement switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } local when IsWhole(local.Declaration.Variables[0].Initializer!.Value, node) => local,
            ExpressionStatementSyntax dropped when HandleOf(dropped) is { } handle && IsWhole(handle, node) => Code.Declaration(dropped, handle),
            _ => null,
        };
        return declaration is null ? null : new("Stop the launch at the end of this scope", statement, WithUsing(declaration, statement));
    }

    private static ExpressionSyntax HandleOf(ExpressionStatementSyntax statement) =>
        statement.Expression is AssignmentExpressionSyntax discard ? discard.Right : statement.Expression;

    /// <summary>Whether a value is the started launch itself, and nothing that is read from its handle.</summary>
    private static bool IsWhole(ExpressionSyntax value, SyntaxNode start) =>
        value == start || (value is AwaitExpressionSyntax { Expression: var task } && (task == start || task is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var configured },
        } && configured == start));

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration, StatementSyntax place)
    {
        var bare = declaration.WithoutLeadingTrivia().WithUsingKeyword(Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(Space));
        return (Code.MayAwait(place) ? bare.WithAwaitKeyword(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space)) : bare)
            .WithLeadingTrivia(place.GetLeadingTrivia());
    }
}
