using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>A call that is given the delegate of a launch, such as <c>Launcher.For(launch, configure)</c> and <c>AddLaunch(name, launch)</c>.</summary>
internal sealed class LaunchCall
{
    private LaunchCall(IInvocationOperation call, IOperation launch)
    {
        this.Call = call;
        this.Delegate = launch;
    }

    public IInvocationOperation Call { get; }

    /// <summary>Gets the delegate: a lambda, a method group, or any other expression.</summary>
    public IOperation Delegate { get; }

    /// <summary>Gets the delegate if it is a lambda.</summary>
    public IAnonymousFunctionOperation? Lambda => this.Delegate as IAnonymousFunctionOperation;

    /// <summary>Finds the call; null if an operation is another one.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="types">The types of SafeLaunch.</param>
    public static LaunchCall? Of(IOperation? operation, LaunchTypes types) =>
        operation is IInvocationOperation { TargetMethod: { Name: "For" or "AddLaunch", ContainingType: var type } } call
        && (type.IsSame(types.Launcher) || type.IsSame(types.TestServer) || type.IsSame(types.HostBuilding))
        && call.ArgumentOf("launch") is { } launch
            ? new(call, launch)
            : null;

    /// <summary>The call whose delegate has an operation in it; null if the operation stands outside of each.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="types">The types of SafeLaunch.</param>
    public static LaunchCall? Around(IOperation operation, LaunchTypes types)
    {
        for (var inner = operation; inner.Parent is { } parent; inner = parent)
        {
            if (parent is IArgumentOperation { Parameter.Name: "launch" } && Of(parent.Parent, types) is { } call)
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>The lambdas that set the options: <c>configure</c>, and those of <c>AddLaunch(…).Configure(…)</c>.</summary>
    public IEnumerable<IAnonymousFunctionOperation> OptionLambdas()
    {
        if (this.Call.ArgumentOf("configure") is IAnonymousFunctionOperation own)
        {
            yield return own;
        }

        for (var next = this.Call.UserOf() as IInvocationOperation; next is not null; next = next.UserOf() as IInvocationOperation)
        {
            if (next.TargetMethod.Name is "Configure" && next.ArgumentOf("configure") is IAnonymousFunctionOperation added)
            {
                yield return added;
            }
        }
    }

    /// <summary>The variable, field or property that holds the handle of this launch; null if other code starts it.</summary>
    /// <param name="types">The types of SafeLaunch.</param>
    public IOperation? HandleVariable(LaunchTypes types)
    {
        for (IOperation? value = this.Call; value is not null; value = value.UserOf())
        {
            switch (value.UserOf())
            {
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable } when value.Type.IsSame(types.Handle):
                    return variable;
                case ISimpleAssignmentOperation assignment when value.Type.IsSame(types.Handle):
                    return assignment.Target;
                case IInvocationOperation or IArgumentOperation or IAwaitOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
