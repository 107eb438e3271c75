"""Build kit/numerics/kernel.wasm: the kernel's compiled functions as one WebAssembly module without imports.

The types of their parameters go to kernel.json. Numba writes LLVM's intermediate representation (IR) of each function,
before any optimisation, since optimised code holds this machine's layout of memory. LLVM compiles it for WebAssembly,
and the linker adds the C library's functions and ``runtime.c``. An exported function takes one pointer to a table of
eight bytes for each of its parameters, as Numba flattens them (``kit.numerics.engine`` writes it), because a call with
hundreds of parameters takes milliseconds.

The same sources and versions give the same bytes: tests/numerics/test_engine.py builds it again.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "kit" / "numerics" / "kernel.wasm"
TRIPLE = "wasm32-unknown-unknown"
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
FEATURES = "+simd128,+bulk-memory,+nontrapping-fptoint"
# Of the runtime that Numba links into each function; runtime.c has the rest.
UNUSED = re.compile(r'(?ms)^define [^\n]*@"?(?:_ZN7cpython|cfunc\.)[^\n]*\{.*?^\}\n')
LOADED = {"ptr": "i64", "i64": "i64", "double": "double", "i1": "i64", "i8": "i64", "i32": "i64"}


def build(target: Path = TARGET) -> Path:
    """Write the module, and return its path."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        # A cold cache and no optimisation, in a process of its own: Numba reads both when it is imported.
        settings = {**os.environ, "XDG_CACHE_HOME": folder, "NUMBA_OPT": "0", "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-W", "ignore", __file__, folder], check=True, env=settings, cwd=ROOT)
        (made / "kernel.o").write_bytes(_object(made))
        link = [sys.executable, "-m", "ziglang", "cc", "-target", "wasm32-wasi", "-mexec-model=reactor", "-O2"]
        exports = ["malloc", "free", *(path.stem for path in made.glob("*.ll"))]
        flags = [
            "--no-entry",
            "--gc-sections",
            "--strip-all",
            f"--max-memory={2**31}",
            *(f"--export={name}" for name in sorted(exports)),
        ]
        sources = [str(made / "kernel.o"), str(Path(__file__).with_name("runtime.c"))]
        options = [f"-Wl,{flag}" for flag in flags]
        types = {path.stem: path.read_text().split() for path in sorted(made.glob("*.types"))}
        target.with_suffix(".json").write_text(json.dumps(types, indent=0) + "\n")
        environment = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": folder, "ZIG_LOCAL_CACHE_DIR": folder}
        subprocess.run([*link, *options, *sources, "-lm", "-o", str(target)], check=True, env=environment)
    return target


def _object(folder: Path) -> bytes:
    """Compile and link the IR of all functions in a folder; each file is named as its function is exported."""
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    whole = None
    for path in sorted(folder.glob("*.ll")):
        module = llvm.parse_assembly(_exported(path.read_text(), path.stem))
        module.verify()
        whole = module if whole is None else whole
        if module is not whole:
            whole.link_in(module)
    kept = {path.stem for path in folder.glob("*.ll")}
    for function in whole.functions:
        if not function.is_declaration and function.name not in kept and not function.name.startswith("NRT"):
            function.linkage = "internal"
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(opt=3, reloc="static", features=FEATURES)
    # Twice, as Numba does: first inlining, so that pairs of counted references meet and are pruned.
    for last in (False, True):
        options = llvm.create_pipeline_tuning_options(speed_level=3)
        options.loop_vectorization, options.slp_vectorization = True, last
        builder = llvm.create_pass_builder(machine, options)
        passes = builder.getModulePassManager()
        if not last:
            passes.add_loop_rotate_pass()
            passes.add_instruction_combine_pass()
            passes.add_jump_threading_pass()
        passes.add_refprune_pass()
        passes.run(whole, builder)
    return machine.emit_object(whole)


def _exported(ir: str, name: str) -> str:
    """Prepare a function's IR for WebAssembly, and add the function that unpacks the table."""
    ir = UNUSED.sub("", ir)
    ir = re.sub(r"target datalayout = .*", f'target datalayout = "{LAYOUT}"', ir)
    ir = re.sub(r"target triple = .*", f'target triple = "{TRIPLE}"', ir)
    ir = re.sub(r'"target-(cpu|features)"="[^"]*"', "", ir)
    ir = re.sub(r"= common (local_unnamed_addr )?global", "= internal global", ir)
    head = re.search(r"(?m)^define i32 (@\S+?)\((.*)\)[^)]*\{$", ir)
    types = [parameter.split()[0] for parameter in head[2].split(", ")]
    lines = [f"define i32 @{name}(ptr %table) {{"]
    for n, of in enumerate(types):
        lines += [f"  %p{n} = getelementptr i64, ptr %table, i32 {n}", f"  %l{n} = load {LOADED[of]}, ptr %p{n}"]
        cast = {"ptr": f"inttoptr i64 %l{n} to ptr", "i64": f"add i64 %l{n}, 0", "double": f"fadd double %l{n}, -0.0"}
        lines.append(f"  %a{n} = " + cast.get(of, f"trunc i64 %l{n} to {of}"))
    given = ", ".join(f"{of} %a{n}" for n, of in enumerate(types))
    return ir + "\n".join([*lines, f"  %status = call i32 {head[1]}({given})", "  ret i32 %status", "}", ""])


def _write_ir(folder: Path) -> None:
    """Write the IR of each kernel function, compiled for the types with which a small run calls it."""
    from kit.numerics.engine import KERNELS, native
    from kit.policies.policy import policy
    from kit.simulator.run import simulate
    from kit.simulator.steady_state import open_market

    with native():
        simulate(open_market(100), policy("announced_autumn"), days=60)
    for kernel in KERNELS:
        function = getattr(import_module(kernel.module), kernel.name)
        (signature,) = function.signatures
        (folder / f"{kernel.name}.ll").write_text(function.inspect_llvm(signature))
        (folder / f"{kernel.name}.types").write_text(" ".join(name for of in signature for name in _flat(of)))


def _flat(of) -> list[str]:
    """The types of a parameter's numbers and arrays; of an array in brackets its dimensions."""
    if hasattr(of, "types"):
        return [name for part in of.types for name in _flat(part)]
    return [f"{of.dtype}[{of.ndim}]" if hasattr(of, "ndim") else str(of)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _write_ir(Path(sys.argv[1]))
    else:
        print(f"{build().relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")
