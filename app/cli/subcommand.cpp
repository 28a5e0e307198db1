#include "app/cli/subcommand.h"

#include <CLI/CLI.hpp>
#include <QFile>

#include <cmath>

namespace digitpad::cli {

QString path(const std::string& argument)
{
    return QFile::decodeName(QByteArray::fromStdString(argument));
}

QStringList paths(const std::vector<std::string>& arguments)
{
    QStringList list;
    for (const std::string& argument : arguments) {
        list.append(path(argument));
    }
    return list;
}

std::string refuseEmpty(const std::string& argument)
{
    return argument.empty() ? "an empty name was given" : "";
}

ModelChoice RawModel::choice() const
{
    ModelChoice made{digitpad::cli::path(path), std::nullopt, trustTorchScript};
    if (normalization.size() == 2) {
        made.normalization = PixelStatistics{normalization[0], normalization[1]};
    }
    return made;
}

void addModel(CLI::App* app, RawModel& model)
{
    CLI::Option* file = app->add_option("--model", model.path,
                                        "Model file, TorchScript file or state_dict; the bundled model where "
                                        "this is not given")
                            ->type_name("FILE")
                            ->check(refuseEmpty);
    app->add_option("--normalization", model.normalization,
                    "Mean and standard deviation of the pixels scaled to 0..1 with which the network of a "
                    "TorchScript file or state_dict was trained; 0.1307 0.3081 in most tutorials")
        ->type_name("MEAN STD")
        ->expected(2)
        ->needs(file)
        ->check([](const std::string& number) -> std::string {
            double value = 0;
            return CLI::detail::lexical_cast(number, value) && std::isfinite(value) && std::abs(value) <= 1000
                       ? ""
                       : "a number from -1000 to 1000 is needed, not “" + number + "”";
        });
    app->add_flag(
           "--trust-torchscript", model.trustTorchScript,
           "Run a TorchScript file, which is a program: in a process of its own that can open no files")
        ->needs(file);
}

void addJson(CLI::App* app, bool& json)
{
    app->add_flag("--json", json, "One JSON object a line, for machines");
}

void addRunsFolder(CLI::App* app, std::string& folder)
{
    app->add_option("--runs-folder", folder, "Where runs are kept; the application's data folder otherwise")
        ->type_name("DIR")
        ->check(refuseEmpty);
}

void addData(CLI::App* app, std::vector<std::string>& data, DataSource& source)
{
    app->add_option(
           "--data", data,
           "mnist, synthetic, no-digits (synthetic letters, signs and scribbles), a folder with MNIST's "
           "files or of pictures or InkML files, ink collections (.jsonl, .jsonl.gz), tables (.csv, "
           ".csv.gz), or "
           "IDX image files beside their labels; several are joined")
        ->type_name("SOURCE")
        ->check(refuseEmpty);
    app->add_option("--synthetic-count", source.syntheticCount,
                    "How many synthetic digits to train on; the test set has a tenth of it")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(10, 10'000'000));
    app->add_option("--no-digit-count", source.noDigitCount,
                    "How many synthetic drawings no-digits has to train on; the test set has a tenth of it")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(10, 10'000'000));
    app->add_flag("--with-no-digits", source.withNoDigits,
                  "Take letters and symbols of ink collections too, as \"no digit\"; those that look like a "
                  "digit (O, l and their like) are left out");
}

} // namespace digitpad::cli
