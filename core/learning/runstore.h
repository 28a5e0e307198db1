#pragma once

#include "core/learning/runrecord.h"

#include <QObject>

#include <functional>
#include <memory>

namespace digitpad {

/// The runs on the disk as the window sees them. Reads and writes on a thread of its own; the façade lives on
/// the GUI thread and never blocks it. Notices runs that other processes add, change or delete.
class RunStore : public QObject
{
    Q_OBJECT

public:
    explicit RunStore(const QString& runsFolder, QObject* parent = nullptr);
    /// Waits for the reading or writing in progress.
    ~RunStore() override;

    [[nodiscard]] QString runsFolder() const;
    /// False until the folder was read for the first time.
    [[nodiscard]] bool loaded() const;
    /// As last read; newest first.
    [[nodiscard]] const std::vector<RunRecord>& runs() const;
    /// Null where there is none.
    [[nodiscard]] const RunRecord* run(const QString& folder) const;

    /// Reads what is new; changed() follows where something is, and after the first time.
    void refresh();
    /// curvesRead() follows.
    void readCurves(const QString& folder);
    /// changed() or failed() follow.
    void setTexts(const QString& folder, const QString& name, const QString& note);
    /// movedToTrash() and changed(), or failed() follow.
    void moveToTrash(const QString& folder);
    /// Undoes moveToTrash(); changed() or failed() follow.
    void restore(const QString& folder, const QString& inTrash);

Q_SIGNALS:
    void changed();
    /// Emitted before changed().
    void movedToTrash(const QString& folder, const QString& inTrash);
    void curvesRead(const QString& folder, const std::shared_ptr<const digitpad::RunCurves>& curves);
    /// One sentence for the person.
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
