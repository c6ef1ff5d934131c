using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>Finds the starts that are expected to fail: the code itself treats their success as a failure, as a test does.</summary>
internal static class ExpectedFailure
{
    /// <summary>Whether a failure follows a start that succeeds, or an assertion expects the code of the start to throw.</summary>
    /// <param name="start">The call that starts a launch.</param>
    public static bool IsOf(IOperation start) =>
        (StatementAround(start) is { } statement && StatementAfter(statement) is { } next && Fails(next)) || IsAssertedToThrow(start);

    private static IOperation? StatementAround(IOperation start)
    {
        var operation = start;
        while (operation is not null and not IExpressionStatementOperation and not IVariableDeclarationGroupOperation)
        {
            operation = operation is IAnonymousFunctionOperation or ILocalFunctionOperation ? null : operation.Parent;
        }

        return operation;
    }

    /// <summary>The statement that runs next, in the same block or after the blocks that end with a statement; null if there is none, or if it depends on more than the text.</summary>
    private static IOperation? StatementAfter(IOperation statement)
    {
        for (var inner = statement; inner.Parent is { } parent; inner = parent)
        {
            switch (parent)
            {
                case IBlockOperation block when block.Operations.IndexOf(inner) + 1 is var next && next < block.Operations.Length:
                    return block.Operations[next];
                case ILoopOperation or ISwitchCaseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
                default:
                    break;
            }
        }

        return null;
    }

    private static bool Fails(IOperation statement) => statement switch
    {
        IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => call.TargetMethod.Name is "Fail" || call.Arguments.Any(IsFalseAssertion),
        _ => false,
    };

    /// <summary>Whether an argument is the constant at which its method throws, as that of <c>Assert.That(false)</c>.</summary>
    private static bool IsFalseAssertion(IArgumentOperation argument) =>
        argument is { Value.ConstantValue: { HasValue: true, Value: bool value }, Parameter: { } parameter }
        && parameter.GetAttributes().Any(attribute => attribute is { AttributeClass.Name: "DoesNotReturnIfAttribute", ConstructorArguments: [{ Value: bool ends }] } && ends == value);

    private static bool IsAssertedToThrow(IOperation start)
    {
        for (var operation = start; operation is not null; operation = operation.Parent)
        {
            var asserted = operation switch
            {
                IAnonymousFunctionOperation lambda => UsesOf(lambda).Any(ExpectsException),
                ILocalFunctionOperation function => UsesOf(function.Symbol, function).Any(ExpectsException),
                _ => false,
            };
            if (asserted)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The places where a lambda is used: its own, or those of the variable that holds it.</summary>
    private static IEnumerable<IOperation> UsesOf(IAnonymousFunctionOperation lambda) =>
        lambda.UserOf() is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable } ? UsesOf(variable.Symbol, variable) : [lambda];

    private static IEnumerable<IOperation> UsesOf(ISymbol function, IOperation declaration) => declaration.Outermost().Descendants().Where(
        reference => SymbolEqualityComparer.Default.Equals(reference.ReferredSymbol() ?? (reference as IMethodReferenceOperation)?.Method, function));

    /// <summary>Whether the statement around a delegate names an assertion of an exception, such as <c>Assert.Throws</c>, <c>Throws.Exception</c>, <c>Catch</c> or <c>Record.Exception</c>.</summary>
    private static bool ExpectsException(IOperation code)
    {
        var statement = code;
        while (statement.Parent is { } parent and not IBlockOperation)
        {
            statement = parent;
        }

        var members = statement.OwnDescendants().Select(NameOf).OfType<string>().ToList();
        return members.Any(name => name.Contains("Throw") || name.Contains(".Catch") || name is "Record.Exception" or "Record.ExceptionAsync")
            && !members.Any(name => name.Contains("NotThrow") || name.EndsWith(".Nothing", StringComparison.Ordinal));
    }

    private static string? NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => $"{method.ContainingType.Name}.{method.Name}",
        IPropertyReferenceOperation { Property: var property } => $"{property.ContainingType.Name}.{property.Name}",
        _ => null,
    };
}
