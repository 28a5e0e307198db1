#pragma once

#include "core/learning/engine.h"
#include "core/learning/recognizer.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QPushButton;

namespace digitpad {

class ForeignModels;
class RunStore;

/// Which model: the one that reads the pad, the bundled one, a run's best or last, or a file. GUI thread
/// only.
class ModelChooser : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` outlives the chooser.
    explicit ModelChooser(Recognizer* recognizer, QWidget* parent = nullptr);
    ~ModelChooser() override;

    struct Choice
    {
        QString name;                       ///< What the person calls it.
        std::shared_ptr<const Model> model; ///< Null where it is to be loaded from `path`.
        QString path;                       ///< Of a model file of DigitPad's own.
    };
    /// Without model and path where there is none yet.
    [[nodiscard]] Choice choice() const;
    /// Chooses a file; a TorchScript file only after the person has agreed to it.
    void open(const QString& path);
    /// Reads the list of runs again.
    void refresh();

public Q_SLOTS:
    void chooseFile();

Q_SIGNALS:
    void changed();
    /// A sentence for the person.
    void failed(const QString& message);

private:
    void fill();
    void choose(const Choice& choice);
    void onModel();
    [[nodiscard]] int placeOf(const Choice& choice) const;

    Recognizer* m_recognizer;
    RunStore* m_runs;
    ForeignModels* m_foreign;
    QComboBox* m_combo;
    QPushButton* m_file;
    std::vector<Choice> m_choices; ///< One for each entry of the box, separators included.
    std::vector<Choice> m_opened;  ///< Files, the newest first.
    QString m_waitingFor;          ///< A file that is to be opened when the engine is there.
};

} // namespace digitpad
