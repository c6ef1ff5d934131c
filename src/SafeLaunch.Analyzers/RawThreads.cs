using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>The ways to run a delegate on another thread without a launch.</summary>
internal sealed class RawThreads
{
    private readonly INamedTypeSymbol? thread;
    private readonly INamedTypeSymbol? pool;
    private readonly INamedTypeSymbol? task;
    private readonly INamedTypeSymbol? factory;
    private readonly INamedTypeSymbol? factoryExtensions;

    private RawThreads(Compilation compilation)
    {
        this.thread = compilation.GetTypeByMetadataName("System.Threading.Thread");
        this.pool = compilation.GetTypeByMetadataName("System.Threading.ThreadPool");
        this.task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        this.factory = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskFactory");

        // Its method Run gives a delegate to the factory of an AsyncContextThread.
        this.factoryExtensions = compilation.GetTypeByMetadataName("Nito.AsyncEx.TaskFactoryExtensions");
    }

    public static RawThreads Find(Compilation compilation) => new(compilation);

    /// <summary>How a message names the operation.</summary>
    /// <param name="operation">An operation of which <see cref="DelegateOf"/> has found the delegate.</param>
    public static string NameOf(IOperation operation) => operation is IInvocationOperation call
        ? $"{(call.TargetMethod.ReducedFrom is null && !call.TargetMethod.IsExtensionMethod ? call.TargetMethod.ContainingType.Name : "TaskFactory")}.{call.TargetMethod.Name}"
        : "new Thread";

    /// <summary>The argument with the delegate that an operation runs on another thread; null if it runs none.</summary>
    /// <param name="operation">A call, or the creation of an object.</param>
    public IArgumentOperation? DelegateOf(IOperation operation)
    {
        var arguments = operation switch
        {
            IInvocationOperation call when this.Runs(call.TargetMethod) => call.Arguments,
            IObjectCreationOperation creation when creation.Type.IsSame(this.thread) => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        return arguments.FirstOrDefault(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate);
    }

    private bool Runs(IMethodSymbol method) => method.Name switch
    {
        "Run" => method.ContainingType.IsSame(this.task) || method.ContainingType.IsSame(this.factoryExtensions),
        "StartNew" => method.ContainingType.IsSame(this.factory),
        "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" => method.ContainingType.IsSame(this.pool),
        _ => false,
    };
}
