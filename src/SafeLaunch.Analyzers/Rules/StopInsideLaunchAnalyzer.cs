using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0003: launched code waits until its launch has ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StopInsideLaunchAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.StopInsideLaunch,
        "Do not wait for the end of a launch inside of it",
        "'{0}' waits here for the end of the launch that it is part of: call RequestStop, which waits for nothing",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Launched code that waits for the end of its launch waits for itself. Stop and StopAsync throw there; in a request of a web server they wait until the request is aborted.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.StopInsideLaunch));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) => context.RegisterOperationAction(
        operation => Analyze(operation, types),
        OperationKind.Invocation,
        OperationKind.PropertyReference);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        if (HandleThatIsWaitedFor(context.Operation, types) is { } handle && IsInside(context.Operation, handle, types))
        {
            var member = context.Operation is IInvocationOperation call ? call.TargetMethod.Name : ((IPropertyReferenceOperation)context.Operation).Property.Name;
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), member));
        }
    }

    private static IOperation? HandleThatIsWaitedFor(IOperation operation, LaunchTypes types) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Stop" or "StopAsync", ContainingType: var type }, Instance: { } handle } when type.IsSame(types.Handle) => Object(handle),
        IPropertyReferenceOperation { Property: { Name: "Completion", ContainingType: var type }, Instance: { } handle } when type.IsSame(types.Handle) && IsWaitedFor(operation) => Object(handle),
        _ => null,
    };

    /// <summary>The object whose member is used, also past the <c>?</c> of a null check.</summary>
    private static IOperation? Object(IOperation instance) =>
        instance.Unwrapped() is IConditionalAccessInstanceOperation past ? AccessAround(past)?.Operation : instance;

    private static IConditionalAccessOperation? AccessAround(IOperation instance)
    {
        for (var operation = instance; operation.Parent is { } parent; operation = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == operation)
            {
                return access;
            }
        }

        return null;
    }

    /// <summary>A task that is only looked at, or stored, holds up nothing.</summary>
    private static bool IsWaitedFor(IOperation task) =>
        task.AwaitOf() is not null
        || task.UserOf() is IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" } or IPropertyReferenceOperation { Property.Name: "Result" };

    /// <summary>Whether the nearest launch around an operation is that of a handle.</summary>
    private static bool IsInside(IOperation operation, IOperation handle, LaunchTypes types)
    {
        for (var inner = operation; inner.Parent is { } parent; inner = parent)
        {
            if (parent is not IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call })
            {
                continue;
            }

            if (LaunchCall.Of(call, types) is { } launch && parameter.Name is "launch")
            {
                return launch.HandleVariable(types).RefersToSame(handle);
            }

            if (call is { TargetMethod: { Name: "InvokeAsync", ContainingType: var type }, Instance: { } invoked } && type.IsSame(types.Handle))
            {
                return Object(invoked).RefersToSame(handle);
            }
        }

        return false;
    }
}
