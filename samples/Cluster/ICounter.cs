using System.Diagnostics.CodeAnalysis;

namespace Cluster;

/// <summary>A counter that lives in one of the silos.</summary>
[SuppressMessage("Maintainability", "CA1515", Justification = "Orleans generates code that calls it.")]
public interface ICounter : IGrainWithIntegerKey
{
    /// <summary>Adds one.</summary>
    /// <returns>The name of the silo that the counter lives in.</returns>
    Task<string> AddAsync();
}
