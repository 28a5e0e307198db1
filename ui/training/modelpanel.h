#pragma once

#include "core/learning/runrecord.h"
#include "ui/widgets/tones.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QPushButton;

namespace digitpad {

class Recognizer;

/// The models that were trained since the program began, all of them, so that a new run takes nothing away:
/// which one is meant is chosen from a list that says its run, epoch and accuracy. Uses one for drawing,
/// saves it, loads others from files. Saving runs off the GUI thread.
class ModelPanel : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` outlives the panel.
    explicit ModelPanel(Recognizer* recognizer, QWidget* parent = nullptr);

    /// Adds the models of a run that ended and chooses its best; does nothing where the run left none.
    /// `record` says what the run is called, and whether a folder keeps its models.
    void addRun(const RunRecord& record, const TrainingResult& result);
    /// Runs of which no model was saved, and that no folder keeps.
    [[nodiscard]] int unsavedRuns() const;

    void useForDrawing();
    /// Asks for a file name, then saves the chosen model.
    void openSaveDialog();
    /// The newest run of which nothing was saved becomes the chosen one.
    void chooseUnsaved();
    /// message() and saveEnded() follow.
    void save(const QString& path);
    void load(const QString& path);
    /// A run's model from its folder, to be called `name`.
    void loadAs(const QString& path, const QString& name);

Q_SIGNALS:
    void modelInUse(const QString& name);
    /// A saving ended, or was given up in the dialog for the file's name.
    void saveEnded(bool ok);
    void message(digitpad::Tone tone, const QString& text);

private:
    struct Entry
    {
        int run = 0;
        QString title;     ///< "Baseline 2: best (epoch 7, 97.6 %)"
        QString fileName;  ///< Empty until saved.
        bool kept = false; ///< In the run's folder.
        std::shared_ptr<const Model> model;
    };

    void layOut();
    void add(const QString& title, const std::shared_ptr<const Model>& model, bool kept);
    void chooseNewest();
    void openLoadDialog();
    void onSaved(std::size_t index, const QString& path, const Result<void>& result);
    void onModelChanged();
    void onModelFailed(const QString& text);
    void showButtons();
    [[nodiscard]] bool runSaved(int run) const;

    Recognizer* m_recognizer;
    std::vector<Entry> m_entries; ///< In the order of the list.
    int m_runs = 0;
    bool m_saving = false;
    bool m_waiting = false; ///< For the recogniser to take the model that was asked for here.

    QComboBox* m_choice;
    QPushButton* m_use;
    QPushButton* m_save;
    QPushButton* m_load;
};

} // namespace digitpad
