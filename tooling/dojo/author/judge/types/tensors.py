"""torch's tensors on the wire: an array, a dtype, and the gradient."""

import sys
from typing import Any

import numpy as np

from dojo.author.judge.codec import Codec, exactly, wrong
from dojo.author.judge.promise import Promise
from dojo.author.judge.types.entries import Packed, entry
from dojo.author.judge.wire import WireError

# The dtypes of torch's that numpy has, and of which this one is sent as another.
HALF_OF_32 = "bfloat16"
DTYPES = {
    "bool": "|b1",
    "uint8": "|u1",
    "int8": "|i1",
    **{f"{sign}int{8 * n}": f"={sign[:1] or 'i'}{n}" for sign in ("", "u") for n in (2, 4, 8)},
    "float16": "=f2",
    "float32": "=f4",
    "float64": "=f8",
    "complex64": "=c8",
    "complex128": "=c16",
    HALF_OF_32: "=f4",
}


def pack_tensor(codec: Codec, tensor: Any) -> list[Packed]:
    """Send a tensor as an array; bfloat16, which numpy lacks, as float32."""
    plain = tensor.detach().cpu()
    name = str(plain.dtype).removeprefix("torch.")
    array = (plain.float() if name == HALF_OF_32 else plain).numpy()
    gradient = codec.pack(tensor.grad) if tensor.is_leaf else None
    return [codec.pack(array), name, bool(tensor.requires_grad), gradient]


def unpack_tensor(
    codec: Codec, promised: Promise, data: Packed, name: str, wanted: bool, gradient: Packed
) -> Any:
    """Make a tensor; only where torch is loaded already, since a worker may not make us load it."""
    torch = sys.modules.get("torch")
    if torch is None:
        raise WireError("a tensor, where no torch is loaded")
    array = codec.unpack_as(np.ndarray, data)
    if array.dtype != np.dtype(DTYPES[exactly(str, name)]):
        return wrong("tensor")
    made = torch.from_numpy(array.copy()).to(getattr(torch, name))
    if not (made.is_floating_point() or made.is_complex()) and (wanted or gradient is not None):
        return wrong("tensor")
    made.requires_grad_(exactly(bool, wanted))
    if gradient is not None:
        slope = codec.unpack_as(torch.Tensor, gradient, promised)
        same = (slope.shape, slope.dtype) == (made.shape, made.dtype)
        made.grad = slope if same else wrong("tensor")
    return made


entry(
    "tensor",
    "torch.Tensor",
    pack=pack_tensor,
    unpack=unpack_tensor,
    guarded=True,
    nests=True,
)
