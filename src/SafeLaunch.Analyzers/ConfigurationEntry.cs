using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>A key that options set for the app hosts: <c>options.Configuration["key"] = value</c>, or <c>Add</c>.</summary>
internal sealed class ConfigurationEntry
{
    private ConfigurationEntry(IOperation? key, IOperation? value)
    {
        this.Key = key?.ConstantValue is { HasValue: true, Value: string text } ? text : null;
        this.Value = value;
    }

    /// <summary>Gets the key; null if it is no constant.</summary>
    public string? Key { get; }

    public IOperation? Value { get; }

    /// <summary>Finds the key that an operation sets; null for any other operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="types">The types of SafeLaunch.</param>
    public static ConfigurationEntry? Of(IOperation operation, LaunchTypes types) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } configuration } indexer } assignment
            when IsOfOptions(configuration, types) => new(indexer.Arguments[0].Value, assignment.Value),
        IInvocationOperation { TargetMethod.Name: "Add", Instance: { } configuration, Arguments: [var key, var value] }
            when IsOfOptions(configuration, types) => new(key.Value, value.Value),
        _ => null,
    };

    private static bool IsOfOptions(IOperation configuration, LaunchTypes types) =>
        configuration.Unwrapped() is IPropertyReferenceOperation { Property: { Name: "Configuration", ContainingType: var type } } && type.IsSame(types.Options);
}
