#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace digitpad::test {

/// A web server of the smallest kind on 127.0.0.1, for tests of downloads. Answers GET by table.
class FileServer : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        QByteArray body;
        int status = 200;
        QByteArray headers = {};  ///< More lines, each ending in "\r\n".
        qsizetype announced = -1; ///< Content-Length, where it is not the body's size.
        bool hold = false;        ///< Keeps the connection open and says no more.
    };

    FileServer();

    /// What GET of "/folder/name" gets; 404 where nothing was set.
    void set(const QString& path, const Answer& answer) { m_answers.insert(path, answer); }
    /// "http://127.0.0.1:port/folder/"
    [[nodiscard]] QUrl folder(const QString& name) const;
    /// Paths, in the order of the requests.
    [[nodiscard]] QStringList requests() const { return m_requests; }

private:
    void onConnection();
    void onReadyRead(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const Answer& answer);

    QHash<QString, Answer> m_answers;
    QHash<QTcpSocket*, QByteArray> m_received;
    QStringList m_requests;
    QTcpServer m_server; ///< Last, as its sockets still speak while it goes.
};

} // namespace digitpad::test
