using Microsoft.CodeAnalysis;

namespace System;

/// <summary>A place in a list, counted from its beginning or from its end.</summary>
[Embedded]
internal readonly struct Index(int value, bool fromEnd = false)
{
    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => fromEnd ? length - value : value;
}
