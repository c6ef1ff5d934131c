using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SafeLaunch.Analyzers;
using SafeLaunch.Analyzers.Rules;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Returns the server that the delegate makes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedServerFix))]
[Shared]
internal sealed class DroppedServerFix() : LaunchFix(DiagnosticIds.DroppedServer)
{
    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax block } statement || ReturnsEarly(block) || HasWrittenType(block))
        {
            return null;
        }

        var statements = diagnostic.Properties.TryGetValue(DroppedServerAnalyzer.Variable, out var variable)
            ? block.Statements.Add(Return(IdentifierName(variable!)))
            : ReturnMade(block, statement);
        return new("Return the server", block, block.WithStatements(statements));
    }

    /// <summary>Whether the delegate has a <c>return</c> already, which would then have to return a server too.</summary>
    private static bool ReturnsEarly(BlockSyntax block) => block
        .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is ReturnStatementSyntax);

    /// <summary>Whether the type of the delegate, which returns nothing, is written out by a cast or before the parameters.</summary>
    private static bool HasWrittenType(BlockSyntax block) =>
        block.Parent is (not AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax }) or ParenthesizedLambdaExpressionSyntax { ReturnType: not null };

    private static SyntaxList<StatementSyntax> ReturnMade(BlockSyntax block, ExpressionStatementSyntax statement)
    {
        if (statement == block.Statements.Last())
        {
            return block.Statements.Replace(statement, Return(statement.Expression).WithTriviaFrom(statement));
        }

        var name = Code.FreeName(statement, "server");
        return block.Statements.Replace(statement, Code.Declaration(statement, name, statement.Expression)).Add(Return(IdentifierName(name)));
    }

    private static ReturnStatementSyntax Return(ExpressionSyntax server) => ReturnStatement(server.WithoutTrivia());
}
