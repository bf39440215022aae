"""cmake/embed.cmake copes with any bytes: files made to upset it come back unchanged from the compiled program."""

import os
import random
import subprocess
import sys
import tempfile

FILES = {
    "scenarios/catalog/accelerators/long.yaml": random.Random(1).randbytes(100_000),
    "scenarios/empty.yaml": b"",
    "scenarios/every-byte.yaml": bytes(range(256)) * 2,
    "scenarios/hostile.yaml": b'a;[b;c]\\"\r\n)"$${X}@Y@%s??/\n\\',
}

# Prints each file as: path, length, bytes in hexadecimal.
PROGRAM = r"""
#include <cstdio>
#include "sim/reader/catalog/embedded.hpp"
int main() {
  for (const auto& file : fleetrace::reader::embedded_files()) {
    std::printf("%.*s %zu ", static_cast<int>(file.path.size()), file.path.data(), file.bytes.size());
    for (const char byte : file.bytes) std::printf("%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    std::printf("\n");
  }
}
"""


def main(root):
    with tempfile.TemporaryDirectory() as folder:
        def write(name, data):
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
            return path

        for name, data in FILES.items():
            write(name, data)
        names = write("list.txt", "".join(f"{name}\n" for name in FILES).encode())
        embedded = os.path.join(folder, "embedded.cpp")
        embed = [os.environ.get("CMAKE", "cmake"), "-D", f"ROOT={folder}", "-D", f"LIST={names}", "-D", f"OUTPUT={embedded}",
                 "-P", os.path.join(root, "cmake", "embed.cmake")]
        subprocess.run(embed, check=True)
        program = os.path.join(folder, "program")
        subprocess.run([os.environ.get("CXX", "c++"), "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                        "-I", root, embedded, write("main.cpp", PROGRAM.encode()), "-o", program],
                       check=True)
        found = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        expected = "".join(f"{name} {len(data)} {data.hex()}\n" for name, data in FILES.items())
        if found != expected:
            print("embedded files differ from those on disk")
            return 1

        write("list.txt", b'scenarios/a".yaml\n')
        if subprocess.run(embed, capture_output=True, check=False).returncode == 0:
            print("a name with a quote is embedded")
            return 1
    print(f"{len(FILES)} files came back unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
