"""The same training as DigitPad's "mlp" baseline, written as PyTorch tutorials do: torchvision's MNIST, a DataLoader,
784-128-64-10 with ReLU, cross-entropy, Adam 1e-3, batch 64. Prints images per second and test accuracy of each epoch,
and the time spent on training so far, that of evaluation left out. With a target it ends where the test accuracy
reaches it.

    python3 peer_training.py MNIST_FOLDER [EPOCHS [TARGET [SEED]]]

MNIST_FOLDER holds the four official .gz files; torchvision wants them under MNIST/raw, so they are linked there in a
temporary folder.
"""
import gzip
import os
import shutil
import sys
import tempfile
import time

import torch
import torchvision
from torch import nn
from torchvision import transforms


def link_as_torchvision_wants(folder: str, root: str) -> None:
    raw = os.path.join(root, "MNIST", "raw")
    os.makedirs(raw)
    for name in os.listdir(folder):
        if name.endswith("-ubyte.gz"):
            with gzip.open(os.path.join(folder, name)) as source, open(os.path.join(raw, name[:-3]), "wb") as target:
                shutil.copyfileobj(source, target)


def main() -> None:
    folder = sys.argv[1]
    epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    target = float(sys.argv[3]) if len(sys.argv) > 3 else 2
    torch.manual_seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with tempfile.TemporaryDirectory() as root:
        link_as_torchvision_wants(folder, root)
        transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
        data = torchvision.datasets.MNIST(root, train=True, transform=transform)
        training, _ = torch.utils.data.random_split(data, [54_000, 6_000])
        loader = torch.utils.data.DataLoader(training, batch_size=64, shuffle=True)
        test = torchvision.datasets.MNIST(root, train=False, transform=transform)
        test_loader = torch.utils.data.DataLoader(test, batch_size=64)
        network = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
        loss_function = nn.CrossEntropyLoss()
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        total = 0.0
        for epoch in range(1, epochs + 1):
            start = time.perf_counter()
            for images, labels in loader:
                optimizer.zero_grad()
                loss = loss_function(network(images), labels)
                loss.backward()
                optimizer.step()
            seconds = time.perf_counter() - start
            total += seconds
            correct = 0
            with torch.no_grad():
                for images, labels in test_loader:
                    correct += (network(images).argmax(1) == labels).sum().item()
            print(f"peer: torch {torch.__version__}, epoch {epoch}: {54_000 / seconds:.0f} images/s, "
                  f"test accuracy {correct / 10_000:.4f} after {total:.2f} s", flush=True)
            if correct / 10_000 >= target:
                break


if __name__ == "__main__":
    main()
