#include "core/torch/model.h"
#include "core/torch/modelfile.h"
#include "tests/testfiles.h"
#include "tests/torch/testdata.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <torch/serialize.h>

#include <csignal>
#include <functional>
#include <limits>
#include <sys/resource.h>

using namespace digitpad;
using GenericDict = c10::impl::GenericDict;

namespace {

ModelInfo someInfo(const std::string& network)
{
    ModelInfo info;
    info.network = network;
    info.mean = 0.1307;
    info.standardDeviation = 0.3081;
    info.temperature = 1.25;
    info.digitScoring = DigitScoring{1.5, -0.5, 0.25};
    info.trainedOn = "MNIST training";
    info.options.network = network;
    info.options.optimizer = "sgd";
    info.options.learningRate = 0.05;
    info.options.seed = 42;
    info.options.weightAverage = 0.995;
    info.epochsTrained = 3;
    info.validationAccuracy = 0.98;
    info.testAccuracy = 0.97;
    return info;
}

GenericDict dictOf(const c10::IValue& value, const char* key)
{
    return value.toGenericDict().at(key).toGenericDict();
}

void remove(const GenericDict& dict, const char* key)
{
    QCOMPARE(dict.erase(key), std::size_t{1});
}

} // namespace

class ModelFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    [[nodiscard]] QByteArray validFile() const
    {
        const std::string file = path("valid.pt");
        if (!QFileInfo::exists(QString::fromStdString(file))) {
            const auto network = makeNetwork("mlp", digitOutputs, 1);
            if (!writeModelFile(someInfo("mlp"), *network, file)) {
                return {};
            }
        }
        return read(file);
    }

    static QByteArray read(const std::string& file)
    {
        QFile content(QString::fromStdString(file));
        return content.open(QIODevice::ReadOnly) ? content.readAll() : QByteArray();
    }

    static void write(const std::string& file, const QByteArray& bytes)
    {
        QFile target(QString::fromStdString(file));
        QVERIFY(target.open(QIODevice::WriteOnly));
        QCOMPARE(target.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void comesBackAsItWas_data()
    {
        QTest::addColumn<QString>("network");
        for (const char* name : {"mlp", "mlp-dropout", "cnn"}) {
            QTest::newRow(name) << name;
        }
    }
    void comesBackAsItWas()
    {
        QFETCH(QString, network);
        const auto written = makeNetwork(network.toStdString(), digitOutputs, 11);
        const ModelInfo info = someInfo(network.toStdString());
        QVERIFY(writeModelFile(info, *written, path("round.pt")).ok());
        const auto loaded = readModelFile(path("round.pt"));
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        QCOMPARE(loaded->info.network, info.network);
        QCOMPARE(loaded->info.mean, info.mean);
        QCOMPARE(loaded->info.standardDeviation, info.standardDeviation);
        QCOMPARE(loaded->info.temperature, info.temperature);
        QCOMPARE(loaded->info.trainedOn, info.trainedOn);
        QVERIFY(loaded->info.options == info.options);
        QCOMPARE(loaded->info.epochsTrained, 3);
        QCOMPARE(loaded->info.validationAccuracy, 0.98);
        QCOMPARE(loaded->info.testAccuracy, 0.97);
        written->eval();
        const auto images = torch::rand({2, 1, 28, 28});
        QVERIFY(torch::equal(written->forward(images), loaded->network->forward(images)));
    }

    void everyOptionComesBack()
    {
        ModelInfo info = someInfo("mlp");
        info.options = {.network = "mlp",
                        .details = {{300, 20, 7}, "gelu", true, 0.25},
                        .optimizer = "adamw",
                        .learningRate = 0.01,
                        .momentum = 0.8,
                        .nesterov = true,
                        .beta1 = 0.7,
                        .beta2 = 0.95,
                        .alpha = 0.97,
                        .epsilon = 1e-6,
                        .weightDecay = 0.02,
                        .schedule = "one-cycle",
                        .warmUp = 0.2,
                        .stepEpochs = 4,
                        .rateFactor = 0.3,
                        .plateauPatience = 2,
                        .finalLearningRate = 1e-5,
                        .labelSmoothing = 0.1,
                        .gradientClip = 2.5,
                        .weightAverage = 0.99,
                        .batchSize = 48,
                        .epochs = 7,
                        .plainEpochs = 2,
                        .validationSplit = 0.2,
                        .folds = 5,
                        .fold = 3,
                        .patience = 6,
                        .seed = 0xFFFFFFFFFFFFFFFFU,
                        .normalization = NormalizationChoice::Own,
                        .mean = 0.2,
                        .standardDeviation = 0.4,
                        .device = "cuda",
                        .threads = 3};
        const auto written = makeNetwork("mlp", info.options.details, digitOutputs, 11);
        QVERIFY(writeModelFile(info, *written, path("options.pt")).ok());
        const auto loaded = readModelFile(path("options.pt"));
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->info.options == info.options);
    }

    void detailsComeBack_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<NetworkDetails>("details");
        QTest::addColumn<int>("version");
        const auto row = [](const char* name, const char* network, const NetworkDetails& details,
                            int version) { QTest::newRow(name) << network << details << version; };
        // Programs that know version 2 alone would build these otherwise than they were trained.
        row("widths", "mlp", {{32, 16, 8}}, 3);
        row("activation", "mlp", {{}, "tanh"}, 3);
        row("batch normalisation", "mlp-dropout", {{}, {}, true}, 3);
        row("no batch normalisation", "cnn", {{}, {}, false}, 3);
        row("dropout", "cnn", {{}, {}, {}, 0.3}, 3);
        row("no dropout", "cnn-deep", {{}, {}, {}, 0.0}, 3);
        row("dropout without a hidden layer", "cnn-tiny", {{}, {}, {}, 0.1}, 3);
        row("classic with ReLU", "lenet5", {{}, "relu", true, 0.5}, 3);
        row("its own", "lenet5", {}, 2);
        row("its own, said", "mlp", {{128, 64}, "relu", false, 0.0}, 2);
    }
    void detailsComeBack()
    {
        QFETCH(QString, network);
        QFETCH(NetworkDetails, details);
        const std::string name = network.toStdString();
        const auto written = makeNetwork(name, details, digitOutputs, 11);
        QVERIFY(writeModelFile(someInfo(name), *written, path("details.pt")).ok());
        const auto loaded = readModelFile(path("details.pt"));
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->info.options.details == deviatingDetails(name, details));
        written->eval();
        const auto images = torch::rand({2, 1, 28, 28});
        QVERIFY(torch::equal(written->forward(images), loaded->network->forward(images)));
        const QByteArray bytes = read(path("details.pt"));
        const auto root = torch::pickle_load(std::vector<char>(bytes.begin(), bytes.end())).toGenericDict();
        QTEST(static_cast<int>(root.at("version").toInt()), "version");
        TorchModel model(loaded->info, *loaded->network);
        QVERIFY(model.makeClassifier().ok());
        QVERIFY(model.info().options.details == deviatingDetails(name, details));
    }

    void elevenLogitsComeBack()
    {
        const auto written = makeNetwork("cnn", noDigitOutputs, 11);
        ModelInfo info = someInfo("cnn");
        info.digitScoring = DigitScoring{0.7, -1.5, 0.25};
        QVERIFY(writeModelFile(info, *written, path("eleven.pt")).ok());
        const auto loaded = readModelFile(path("eleven.pt"));
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->info.hasNoDigitClass);
        QCOMPARE(loaded->info.parameters, written->parameterCount());
        QCOMPARE(loaded->info.digitScoring->slope, 0.7);
        QCOMPARE(loaded->info.digitScoring->offset, -1.5);
        QCOMPARE(loaded->info.digitScoring->threshold, 0.25);
        written->eval();
        const auto images = torch::rand({2, 1, 28, 28});
        QVERIFY(torch::equal(written->forward(images), loaded->network->forward(images)));
    }

    /// As the program wrote them before there was a digit score.
    void readsFormatVersion1()
    {
        const QByteArray valid = validFile();
        auto root = torch::pickle_load(std::vector<char>(valid.begin(), valid.end())).toGenericDict();
        root.insert_or_assign("version", std::int64_t{1});
        for (const char* key : {"outputs", "activation", "batch_normalization"}) {
            remove(dictOf(root.at("architecture"), "options"), key);
        }
        remove(dictOf(root, "calibration"), "digit_score");
        remove(dictOf(root, "training"), "weight_average");
        const auto bytes = torch::pickle_save(root);
        write(path("version1.pt"), QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
        const auto loaded = readModelFile(path("version1.pt"));
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        QVERIFY(!loaded->info.hasNoDigitClass);
        QVERIFY(!loaded->info.digitScoring.has_value());
        QCOMPARE(loaded->info.temperature, 1.25);
        QCOMPARE(loaded->info.options.weightAverage, 0.0);
        auto classifier = TorchModel(loaded->info, *loaded->network).makeClassifier().value();
        const auto prediction = classifier->classify(syntheticDigits(10, 1, {}).digitImage(4)).value();
        QCOMPARE(prediction.digitScore, -1.0F);
        QCOMPARE(prediction.accepted, prediction.confidence >= acceptanceThreshold);
    }

    void readsTheBundledModel()
    {
        const auto loaded = torchEngine().loadModel(DIGITPAD_SOURCE_DIR "/models/digitpad.pt");
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message.c_str());
        const auto evaluation = (*loaded)->evaluate(syntheticDigits(500, 4, {}), {});
        QVERIFY2(evaluation->accuracy > 0.9, qPrintable(QString::number(evaluation->accuracy)));
        QVERIFY(evaluation->turnedAway < 25);
    }

    /// Python's PyTorch runs no function of torch.jit for the types of dicts and lists, unless it is told to.
    void namesNoFunctionsOfTorchScript()
    {
        const auto network = makeNetwork("cnn", noDigitOutputs, 5);
        QVERIFY(writeModelFile(someInfo("cnn"), *network, path("plain.pt")).ok());
        const QByteArray bytes = test::readFile(QString::fromStdString(path("plain.pt")));
        QVERIFY(bytes.contains("_rebuild_tensor_v2"));
        QVERIFY(!bytes.contains("torch.jit"));
    }

    void opensInPython()
    {
        const QString python = QStringLiteral(DIGITPAD_PYTHON);
        QProcess probe;
        probe.start(python, {QStringLiteral("-c"), QStringLiteral("import torch")});
        if (python.isEmpty() || !probe.waitForFinished(60'000) || probe.exitCode() != 0) {
            QSKIP("python3-torch is not installed");
        }
        const auto network = makeNetwork("mlp", noDigitOutputs, 5);
        QVERIFY(writeModelFile(someInfo("mlp"), *network, path("python.pt")).ok());
        const QString script = QStringLiteral(R"(
import sys, torch
from torch import nn
model = torch.load(sys.argv[1]) # Of data alone from PyTorch 2.6 on.
assert model["format"] == "digitpad-model" and model["version"] == 2, model.keys()
assert model["architecture"]["name"] == "mlp"
assert model["architecture"]["options"]["widths"] == [128, 64]
assert model["architecture"]["options"]["outputs"] == 11
assert model["calibration"]["temperature"] == 1.25
assert model["calibration"]["digit_score"] == {"slope": 1.5, "offset": -0.5, "threshold": 0.25}
assert model["class_names"] == [str(d) for d in range(10)] + ["no digit"]
assert abs(model["normalization"]["mean"] - 0.1307) < 1e-12
net = nn.Module()
net.fc1, net.fc2, net.fc3 = nn.Linear(784, 128), nn.Linear(128, 64), nn.Linear(64, 11)
net.load_state_dict(model["state_dict"])
x = torch.linspace(-1, 1, 784).reshape(1, 784)
print(net.fc3(net.fc2(net.fc1(x).relu()).relu()).sum().item())
)");
        QProcess process;
        process.start(python, {QStringLiteral("-c"), script, QString::fromStdString(path("python.pt"))});
        QVERIFY(process.waitForFinished(60'000));
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0, errors.constData());
        const auto logits = network->forward(torch::linspace(-1, 1, 784).reshape({1, 1, 28, 28}));
        const double expected = logits.sum().item<double>();
        QVERIFY(std::abs(process.readAllStandardOutput().trimmed().toDouble() - expected) < 1e-4);
    }

    void refusesOtherFiles_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray valid = validFile();
        QVERIFY(valid.size() > 400'000);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("this is no model\n");
        QTest::newRow("noise") << QByteArray(5'000, '\x5a');
        QTest::newRow("cut in half") << valid.left(valid.size() / 2);
        QTest::newRow("last byte missing") << valid.left(valid.size() - 1);
        QTest::newRow("zip header alone") << valid.left(64);
        QByteArray holed = valid;
        holed.replace(200, 2'000, QByteArray(2'000, '\0'));
        QTest::newRow("zeros in the middle") << holed;
        std::vector<char> list = torch::pickle_save(c10::IValue(std::vector<std::int64_t>{1, 2, 3}));
        QTest::newRow("another pickle") << QByteArray(list.data(), static_cast<qsizetype>(list.size()));
    }
    void refusesOtherFiles()
    {
        QFETCH(QByteArray, bytes);
        write(path("bad.pt"), bytes);
        const auto loaded = readModelFile(path("bad.pt"));
        QVERIFY(!loaded.ok());
        const QString message = QString::fromStdString(loaded.error().message);
        QVERIFY2(message.contains(QStringLiteral("bad.pt")), qPrintable(message));
        QVERIFY2(!message.contains(u'\n'), qPrintable(message));
    }

    void namesWhatIsWrong_data()
    {
        using Change = std::function<void(GenericDict&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* expected, Change change) {
            QTest::newRow(name) << std::move(change) << QString::fromUtf8(expected);
        };
        row("other format", "no DigitPad model",
            [](GenericDict& root) { root.insert_or_assign("format", "cake"); });
        row("newer version", "newer than this program",
            [](GenericDict& root) { root.insert_or_assign("version", std::int64_t{99}); });
        row("no version", "version is missing", [](GenericDict& root) { remove(root, "version"); });
        row("unknown network", "“vgg” is unknown",
            [](GenericDict& root) { dictOf(root, "architecture").insert_or_assign("name", "vgg"); });
        row("no normalisation", "normalisation is missing",
            [](GenericDict& root) { remove(root, "normalization"); });
        row("zero deviation", "impossible mean or standard deviation",
            [](GenericDict& root) { dictOf(root, "normalization").insert_or_assign("std", 0.0); });
        row("temperature 0", "impossible temperature",
            [](GenericDict& root) { dictOf(root, "calibration").insert_or_assign("temperature", 0.0); });
        row("nine classes", "ten digits", [](GenericDict& root) {
            root.insert_or_assign("class_names",
                                  c10::List<std::string>({"0", "1", "2", "3", "4", "5", "6", "7", "8"}));
        });
        row("eleven classes for ten logits", "ten digits", [](GenericDict& root) {
            c10::List<std::string> names;
            for (const char* name : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "no digit"}) {
                names.push_back(name);
            }
            root.insert_or_assign("class_names", names);
        });
        row("twelve outputs", "12 outputs instead of 10 or 11", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options").insert_or_assign("outputs", std::int64_t{12});
        });
        row("eleven outputs, ten classes", "“no digit”", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options").insert_or_assign("outputs", std::int64_t{11});
        });
        row("a layer of no units", "its network cannot be built", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options")
                .insert_or_assign("widths", c10::List<std::int64_t>({0}));
        });
        row("widths of another kind", "widths are no numbers", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options")
                .insert_or_assign("widths", c10::List<std::string>({"many"}));
        });
        row("unknown activation", "its network cannot be built", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options").insert_or_assign("activation", "step");
        });
        row("dropout of everything", "its network cannot be built", [](GenericDict& root) {
            dictOf(root.at("architecture"), "options").insert_or_assign("dropout", c10::List<double>({1.0}));
        });
        for (const auto& [key, value] : {std::pair{"slope", 0.0}, std::pair{"slope", -1.0},
                                         std::pair{"offset", std::numeric_limits<double>::infinity()},
                                         std::pair{"threshold", 1.5}, std::pair{"threshold", -0.1}}) {
            const std::string name = std::string(key) + " " + std::to_string(value);
            row(name.c_str(), "impossible slope, offset or threshold",
                [key = std::string(key), value = value](GenericDict& root) {
                    dictOf(dictOf(root, "calibration"), "digit_score").insert_or_assign(key, value);
                });
        }
        row("digit score without a threshold", "impossible slope, offset or threshold",
            [](GenericDict& root) {
                remove(dictOf(dictOf(root, "calibration"), "digit_score"), "threshold");
            });
        row("digit score of another kind", "digit score is missing",
            [](GenericDict& root) { dictOf(root, "calibration").insert_or_assign("digit_score", 3.0); });
        row("no weights", "state_dict with the weights is missing",
            [](GenericDict& root) { remove(root, "state_dict"); });
        row("missing tensor", "“fc2.bias” is missing",
            [](GenericDict& root) { remove(dictOf(root, "state_dict"), "fc2.bias"); });
        row("extra tensor", "“fc9.bias” that its network does not know",
            [](GenericDict& root) { dictOf(root, "state_dict").insert("fc9.bias", torch::zeros({3})); });
        row("wrong shape", "has the shape [3, 3] instead of [64, 128]", [](GenericDict& root) {
            dictOf(root, "state_dict").insert_or_assign("fc2.weight", torch::zeros({3, 3}));
        });
        row("changed weight", "weights are damaged",
            [](GenericDict& root) { dictOf(root, "state_dict").at("fc2.bias").toTensor()[0] += 1; });
        row("wrong type", "wrong type of numbers", [](GenericDict& root) {
            dictOf(root, "state_dict").insert_or_assign("fc2.bias", torch::zeros({64}, torch::kFloat64));
        });
        row("not a number", "not finite", [](GenericDict& root) {
            dictOf(root, "state_dict")
                .insert_or_assign("fc2.bias", torch::full({64}, std::numeric_limits<float>::quiet_NaN()));
        });
    }
    void namesWhatIsWrong()
    {
        QFETCH(std::function<void(GenericDict&)>, change);
        QFETCH(QString, expected);
        const QByteArray valid = validFile();
        auto root = torch::pickle_load(std::vector<char>(valid.begin(), valid.end())).toGenericDict();
        change(root);
        const auto bytes = torch::pickle_save(root);
        write(path("changed.pt"), QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
        const auto loaded = readModelFile(path("changed.pt"));
        QVERIFY(!loaded.ok());
        const QString message = QString::fromStdString(loaded.error().message);
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void damagedBytesNeverCrash()
    {
        const QByteArray valid = validFile();
        Random random(9);
        for (int round = 0; round < 60; ++round) { // LibTorch takes a third of a second to say what is wrong.
            QByteArray bytes = valid;
            for (int i = 0; i < 8; ++i) {
                bytes[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(bytes.size())))] =
                    static_cast<char>(random.below(256));
            }
            // The pickle with the structure lies at the file's start.
            bytes[static_cast<qsizetype>(random.below(2'000))] = static_cast<char>(random.below(256));
            write(path("damaged.pt"), bytes);
            const auto loaded = readModelFile(path("damaged.pt"));
            QVERIFY(loaded.ok() || !loaded.error().message.empty());
        }
    }

    void missingFileAndFolderAreNamed()
    {
        QVERIFY(QString::fromStdString(readModelFile(path("none.pt")).error().message)
                    .contains(QStringLiteral("There is no file")));
        QVERIFY(QString::fromStdString(readModelFile(m_folder.path().toStdString()).error().message)
                    .contains(QStringLiteral("is a folder")));
    }

    void failedSaveLeavesTheOldFile_data()
    {
        QTest::addColumn<QString>("place");
        QTest::newRow("full disk") << QStringLiteral("old.pt");
        QTest::newRow("no such folder") << QStringLiteral("nowhere/new.pt");
        QTest::newRow("a folder's name") << QStringLiteral(".");
    }
    void failedSaveLeavesTheOldFile()
    {
        QFETCH(QString, place);
        write(path("old.pt"), "the old one");
        // Stands for a full disk: writing ends with an error after 64 KiB.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit limit = before;
        limit.rlim_cur = rlim_t{1} << 16U;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        const auto network = makeNetwork("mlp", digitOutputs, 1);
        const auto saved = writeModelFile(someInfo("mlp"), *network, m_folder.filePath(place).toStdString());
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!saved.ok());
        QVERIFY(QString::fromStdString(saved.error().message).contains(QStringLiteral("could not be saved")));
        QCOMPARE(read(path("old.pt")), QByteArray("the old one"));
        QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("*.part")}).isEmpty());
    }

    void savesThroughASymbolicLink()
    {
        write(path("target.pt"), "old");
        QVERIFY(QFile::link(QStringLiteral("target.pt"), QString::fromStdString(path("link.pt"))));
        const auto network = makeNetwork("mlp", digitOutputs, 1);
        QVERIFY(writeModelFile(someInfo("mlp"), *network, path("link.pt")).ok());
        QVERIFY(QFileInfo(QString::fromStdString(path("link.pt"))).isSymbolicLink());
        QVERIFY(readModelFile(path("target.pt")).ok());
    }
};

QTEST_GUILESS_MAIN(ModelFileTest)
#include "tst_modelfile.moc"
