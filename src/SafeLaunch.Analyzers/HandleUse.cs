using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>Finds out whether code may end a launch by its handle. Code may, unless it is known only to read from the handle.</summary>
internal static class HandleUse
{
    /// <summary>Whether the code that refers to a handle may stop the launch, wait for its end, or give the handle to other code.</summary>
    /// <param name="reference">The reference to the handle.</param>
    /// <param name="types">The types of SafeLaunch.</param>
    public static bool MayEndLaunch(IOperation reference, LaunchTypes types) =>
        reference.UserOf(out var value) is not { } user || !ReadsOnly(user, value, types);

    /// <summary>Whether an operation only reads from a handle.</summary>
    /// <param name="user">The operation that uses the handle.</param>
    /// <param name="handle">The handle, as a child of the operation.</param>
    /// <param name="types">The types of SafeLaunch.</param>
    public static bool ReadsOnly(IOperation user, IOperation handle, LaunchTypes types) => user switch
    {
        IPropertyReferenceOperation property when property.Instance == handle => ReadsOnly(property),
        IInvocationOperation call when call.Instance == handle => call.TargetMethod.ContainingType.IsSame(types.Handle) && call.TargetMethod.Name is "InvokeAsync" or "Report" or "ToString",
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType: var type } } call } argument =>
            call.Arguments[0] == argument && type.IsOfSafeLaunch(),
        _ => false,
    };

    private static bool ReadsOnly(IPropertyReferenceOperation property) => property.Property.Name switch
    {
        "Name" or "State" or "Address" or "Addresses" or "EarlierRuns" or "SynchronizationContext" => true,
        "Services" or "LaunchServices" => !GetsHost(property),
        _ => false,
    };

    /// <summary>A host and the lifetime of a host end the launch.</summary>
    private static bool GetsHost(IPropertyReferenceOperation services)
    {
        var user = services.UserOf();
        if (user is IArgumentOperation argument)
        {
            user = argument.Parent;
        }

        return user is not IInvocationOperation { TargetMethod.TypeArguments: [var service] } || service.Name is "IHost" or "IHostApplicationLifetime";
    }
}
