#pragma once

#include "core/image/digitimage.h"

#include <QByteArray>

#include <vector>
#include <zlib.h>

namespace digitpad::test {

/// The first `count` images of MNIST's test set, where ../shared/mnist has it; else none.
inline std::vector<DigitImage> mnistTestImages(int count)
{
    std::vector<DigitImage> images;
    gzFile file = gzopen(DIGITPAD_SOURCE_DIR "/../shared/mnist/t10k-images-idx3-ubyte.gz", "rb");
    if (file == nullptr) {
        return images;
    }
    constexpr int headerBytes = 16;
    gzseek(file, headerBytes, SEEK_SET);
    DigitImage image;
    while (static_cast<int>(images.size()) < count &&
           gzread(file, image.pixels.data(), digitPixels) == digitPixels) {
        images.push_back(image);
    }
    gzclose(file);
    return images;
}

} // namespace digitpad::test
