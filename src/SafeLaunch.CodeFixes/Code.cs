using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes;

/// <summary>Pieces of code that several fixes write.</summary>
internal static class Code
{
    /// <summary>Whether code may await: it stands in an asynchronous function, or in top-level statements, and not where C# forbids an await.</summary>
    /// <param name="node">A node of the code.</param>
    public static bool MayAwait(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or CatchFilterClauseSyntax or UnsafeStatementSyntax or QueryExpressionSyntax:
                    return false;
                case GlobalStatementSyntax:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Whether the declaration of a variable may take the place of a statement, as it may not below an <c>if</c> without braces.</summary>
    /// <param name="statement">The statement.</param>
    public static bool MayDeclare(StatementSyntax statement) => statement.Parent is BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax;

    /// <summary>Whether a <c>using</c> declaration may take the place of a statement, as it may not in a <c>case</c>.</summary>
    /// <param name="statement">The statement.</param>
    public static bool MayDeclareUsing(StatementSyntax statement) => MayDeclare(statement) && statement.Parent is not SwitchSectionSyntax;

    /// <summary>Declares a variable for a handle; the declaration replaces a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="handle">The expression that returns the handle.</param>
    public static LocalDeclarationStatementSyntax Declaration(StatementSyntax statement, ExpressionSyntax handle) =>
        Declaration(statement, FreeName(statement, "handle"), handle);

    /// <summary>Declares a variable; the declaration replaces a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static LocalDeclarationStatementSyntax Declaration(StatementSyntax statement, string name, ExpressionSyntax value)
    {
        var initializer = EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value.WithoutTrivia());
        var variable = VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), argumentList: null, initializer);
        return LocalDeclarationStatement(VariableDeclaration(IdentifierName("var").WithTrailingTrivia(Space), SingletonSeparatedList(variable)))
            .WithTriviaFrom(statement);
    }

    /// <summary>The await of a task.</summary>
    /// <param name="task">The task.</param>
    public static AwaitExpressionSyntax Await(ExpressionSyntax task) =>
        AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), task.WithoutTrivia());

    /// <summary>The expression that starts a launcher: awaited where that is possible.</summary>
    /// <param name="launcher">The launcher.</param>
    /// <param name="place">A node of the code that starts it.</param>
    public static ExpressionSyntax Start(ExpressionSyntax launcher, SyntaxNode place) => MayAwait(place)
        ? Await(Call(launcher, "StartAsync"))
        : Call(launcher, "Start");

    /// <summary>A call without arguments.</summary>
    /// <param name="receiver">The object.</param>
    /// <param name="method">The name of the method.</param>
    public static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string method) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(method)));

    /// <summary>Finds a name that no other code in the file of a node uses.</summary>
    /// <param name="place">The node.</param>
    /// <param name="name">The name that is wanted.</param>
    public static string FreeName(SyntaxNode place, string name)
    {
        var taken = new HashSet<string>(place.SyntaxTree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
        {
            free = $"{name}{number}";
        }

        return free;
    }

    /// <summary>The statement whose whole value an expression is, also as a discard <c>_ = …</c>; null if other code uses the value.</summary>
    /// <param name="expression">The expression.</param>
    public static ExpressionStatementSyntax? StatementOf(ExpressionSyntax expression) => expression.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };
}
