using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>Ways up and down a tree of operations.</summary>
internal static class OperationExtensions
{
    /// <summary>The operation without the conversions and the parentheses around it.</summary>
    /// <param name="operation">The operation.</param>
    public static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    operation = creation.Target;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The operation that uses the value of another one, past conversions and parentheses.</summary>
    /// <param name="operation">The operation with the value.</param>
    /// <param name="value">The operation whose parent it is.</param>
    public static IOperation? UserOf(this IOperation operation, out IOperation value)
    {
        value = operation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation)
        {
            value = value.Parent;
        }

        return value.Parent;
    }

    /// <summary>The operation that uses the value of another one, past conversions and parentheses.</summary>
    /// <param name="operation">The operation with the value.</param>
    public static IOperation? UserOf(this IOperation operation) => operation.UserOf(out _);

    /// <summary>The await of a task, past <c>ConfigureAwait</c>; null if the task is not awaited at once.</summary>
    /// <param name="task">The operation that returns the task.</param>
    public static IAwaitOperation? AwaitOf(this IOperation task)
    {
        var user = task.UserOf(out var value);
        if (user is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured && configured.Instance == value)
        {
            user = configured.UserOf();
        }

        return user as IAwaitOperation;
    }

    /// <summary>The receiver of a call: its instance, or the first argument of an extension method.</summary>
    /// <param name="call">The call.</param>
    public static IOperation? Receiver(this IInvocationOperation call) =>
        (call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null))?.Unwrapped();

    /// <summary>The value of the argument of a parameter; null if the caller leaves it out.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">The name of the parameter.</param>
    public static IOperation? ArgumentOf(this IInvocationOperation call, string parameter) => call.Arguments
        .FirstOrDefault(argument => string.Equals(argument.Parameter?.Name, parameter, StringComparison.Ordinal) && argument.ArgumentKind != ArgumentKind.DefaultValue)?.Value.Unwrapped();

    /// <summary>The operations below one, without those of the lambdas and the local functions in it.</summary>
    /// <param name="operation">The operation.</param>
    public static IEnumerable<IOperation> OwnDescendants(this IOperation operation)
    {
        var left = new Stack<IOperation>();
        left.Push(operation);
        while (left.Count > 0)
        {
            var next = left.Pop();
            if (next is IAnonymousFunctionOperation or ILocalFunctionOperation && next != operation)
            {
                continue;
            }

            yield return next;
            foreach (var child in next.ChildOperations.Reverse())
            {
                left.Push(child);
            }
        }
    }

    /// <summary>The outermost operation around one: the body of a method, or an initializer.</summary>
    /// <param name="operation">The operation.</param>
    public static IOperation Outermost(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>Whether an operation is a statement that drops a value, and not the expression of a lambda.</summary>
    /// <param name="operation">The operation.</param>
    public static bool IsStatement(this IOperation? operation) =>
        operation is IExpressionStatementOperation and not { IsImplicit: true, Parent.Parent: IAnonymousFunctionOperation };

    /// <summary>Whether two operations refer to the same variable, or to the same field or property of the same object.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="other">The other operation.</param>
    public static bool RefersToSame(this IOperation? operation, IOperation? other) => (operation?.Unwrapped(), other?.Unwrapped()) switch
    {
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        (IMemberReferenceOperation { Instance: { } one } member, IMemberReferenceOperation { Instance: { } two } same) =>
            SymbolEqualityComparer.Default.Equals(member.Member, same.Member) && one.RefersToSame(two),
        (var one, var two) => one.ReferredSymbol() is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, two.ReferredSymbol()),
    };

    /// <summary>The variable, field, property or parameter that an operation declares or refers to.</summary>
    /// <param name="operation">The operation.</param>
    public static ISymbol? ReferredSymbol(this IOperation? operation) => operation switch
    {
        IVariableDeclaratorOperation variable => variable.Symbol,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
